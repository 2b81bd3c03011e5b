import { ProtocolError } from '../protocol-error.js';
import type { RecordHeader } from './batch-format.js';
import { BatchReader } from './batch-reader.js';
import { RecordCursor, type OpenOptions } from './record-cursor.js';

/** One record as an object: for rare paths and tests, where speed does not matter. */
export interface DecodedRecord {
  readonly offset: bigint;
  /** Milliseconds since the epoch; -1 for none. */
  readonly timestamp: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

/**
 * All records of the whole batches in `buffer`, those of control batches left out; key and value share its memory. A batch cut
 * short at the end is left out.
 *
 * @throws ProtocolError when a checksum does not hold or the bytes are not record batches
 */
export function decodeRecords(buffer: Buffer, options: OpenOptions = {}): DecodedRecord[] {
  const records: DecodedRecord[] = [];
  const reader = new BatchReader(buffer);
  const cursor = new RecordCursor();
  while (reader.next()) {
    const { batch } = reader;
    if (!batch.isIntact()) throw new ProtocolError(`the checksum of the batch at offset ${batch.baseOffset} does not hold`);
    if (batch.isControl) continue;
    cursor.open(batch, options);
    while (cursor.next()) {
      records.push({
        offset: cursor.offset,
        timestamp: cursor.timestamp,
        key: range(cursor.buffer, cursor.keyStart, cursor.keyEnd),
        value: range(cursor.buffer, cursor.valueStart, cursor.valueEnd),
        headers: cursor.headers(),
      });
    }
  }
  return records;
}

function range(buffer: Buffer, start: number, end: number): Buffer | null {
  return start < 0 ? null : buffer.subarray(start, end);
}
