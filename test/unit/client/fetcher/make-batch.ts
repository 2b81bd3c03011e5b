import { crc32c } from '@node-rs/crc32';
import type { Codec } from '../../../../src/protocol/compression/codec.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { ATTRIBUTE, BATCH } from '../../../../src/protocol/records/batch-format.js';

export interface BatchOptions {
  readonly epoch?: number;
  /** Makes the batch one of a transaction. */
  readonly producerId?: bigint;
  readonly control?: 'commit' | 'abort';
  /** Last offset, where compaction has removed what came after the records. */
  readonly last?: bigint;
  readonly codec?: Codec;
  /** Of every record, milliseconds since the epoch; default 0. */
  readonly timestamp?: number;
}

/** A batch as a broker keeps it: the values at consecutive offsets from `base`. */
export function makeBatch(base: bigint, values: readonly string[], options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder(10_000_000);
  const { producerId, control, timestamp = 0 } = options;
  if (control === undefined) for (const value of values) builder.append(null, Buffer.from(value), timestamp);
  else builder.append(markerKey(control), Buffer.alloc(6), 0);
  const stamp = producerId === undefined ? undefined : { producerId, producerEpoch: 0, baseSequence: 0, transactional: true };
  const batch = Buffer.from(builder.finish(stamp, options.codec));
  if (options.last !== undefined) batch.writeInt32BE(Number(options.last - base), BATCH.lastOffsetDelta);
  if (control !== undefined) batch.writeInt16BE(batch.readInt16BE(BATCH.attributes) | ATTRIBUTE.control, BATCH.attributes);
  batch.writeUInt32BE(crc32c(batch.subarray(BATCH.attributes)), BATCH.crc);
  batch.writeBigInt64BE(base, BATCH.baseOffset);
  batch.writeInt32BE(options.epoch ?? 0, BATCH.partitionLeaderEpoch);
  return batch;
}

/** Key of a control record: version, then type. */
function markerKey(control: 'commit' | 'abort'): Buffer {
  const key = Buffer.alloc(4);
  key.writeInt16BE(control === 'abort' ? 0 : 1, 2);
  return key;
}
