import { ProtocolError } from '../protocol-error.js';
import type { RecordCursor } from './record-cursor.js';

/** What a control record says. Brokers write other kinds into their own logs; those have a number and no name here. */
export interface ControlRecord {
  /** `abort` or `commit` end a transaction of the batch's producer (KIP-98). */
  readonly type: 'abort' | 'commit' | 'other';
  readonly typeNumber: number;
  /** Epoch of the transaction coordinator that wrote the marker; `undefined` for other types. */
  readonly coordinatorEpoch: number | undefined;
}

/**
 * Reads the record a cursor stands on in a control batch.
 *
 * @throws ProtocolError when its key or value is too short
 */
export function readControlRecord({ buffer, keyStart, keyEnd, valueStart, valueEnd }: RecordCursor): ControlRecord {
  if (keyStart < 0 || keyEnd - keyStart < 4) throw new ProtocolError('a control record has no type');
  const typeNumber = buffer.readInt16BE(keyStart + 2);
  if (typeNumber !== 0 && typeNumber !== 1) return { type: 'other', typeNumber, coordinatorEpoch: undefined };
  if (valueStart < 0 || valueEnd - valueStart < 6) throw new ProtocolError('a transaction marker has no coordinator epoch');
  return { type: typeNumber === 0 ? 'abort' : 'commit', typeNumber, coordinatorEpoch: buffer.readInt32BE(valueStart + 2) };
}
