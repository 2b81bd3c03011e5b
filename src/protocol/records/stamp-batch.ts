import { crc32c } from '@node-rs/crc32';
import { ATTRIBUTE, BATCH } from './batch-format.js';

/** Who writes a batch, for idempotent and transactional producers (KIP-98). */
export interface ProducerStamp {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  /** Sequence number of the batch's first record. */
  readonly baseSequence: number;
  readonly transactional?: boolean;
}

/**
 * Writes who produces a finished batch into its header, or that nobody does, and its checksum. Used again when a producer's
 * epoch is bumped while the batch waits (KIP-360): the bytes are the same in all else.
 */
export function stampBatch(batch: Buffer, stamp?: ProducerStamp): void {
  const attributes = batch.readInt16BE(BATCH.attributes) & ~ATTRIBUTE.transactional;
  batch.writeInt16BE(attributes | (stamp?.transactional === true ? ATTRIBUTE.transactional : 0), BATCH.attributes);
  batch.writeBigInt64BE(stamp?.producerId ?? -1n, BATCH.producerId);
  batch.writeInt16BE(stamp?.producerEpoch ?? -1, BATCH.producerEpoch);
  batch.writeInt32BE(stamp?.baseSequence ?? -1, BATCH.baseSequence);
  batch.writeUInt32BE(crc32c(batch.subarray(BATCH.attributes)), BATCH.crc);
}
