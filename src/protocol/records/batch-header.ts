import { crc32, crc32c } from '@node-rs/crc32';
import { COMPRESSION_TYPES, type CompressionType } from '../compression/codec.js';
import { ProtocolError } from '../protocol-error.js';
import { ATTRIBUTE, BATCH, LOG_OVERHEAD } from './batch-format.js';

/**
 * A view on the header of one batch inside a larger buffer; `BatchReader` moves it, so read what you need before the next batch.
 *
 * Old messages (magic 0 and 1) show themselves as batches too: one message, or one compressed wrapper. They have no producer, no
 * transactions and no leader epoch, and a wrapper knows its last offset only; the offsets of its records come from `RecordCursor`.
 */
export class BatchHeader {
  buffer: Buffer = Buffer.alloc(0);
  /** Position of the batch's first byte in `buffer`. */
  start = 0;
  /** Position behind the batch's last byte. */
  end = 0;

  /** Format version: 2, or 0 and 1 for old messages. */
  get magic(): number {
    return this.buffer[this.start + BATCH.magic] as number; // BatchReader checked the bound
  }

  /** Bytes of the whole batch. */
  get size(): number {
    return this.end - this.start;
  }

  /** Offset of the first record; records of a compacted batch may start later. Of an old compressed wrapper: its last offset. */
  get baseOffset(): bigint {
    return this.buffer.readBigInt64BE(this.start + BATCH.baseOffset);
  }

  /** Distance from `baseOffset` to `lastOffset`, also where compaction removed the last record. */
  get lastOffsetDelta(): number {
    return this.magic === 2 ? this.buffer.readInt32BE(this.start + BATCH.lastOffsetDelta) : 0;
  }

  /** Offset of the batch's last record; a fetch goes on at the one behind it. */
  get lastOffset(): bigint {
    return this.baseOffset + BigInt(this.lastOffsetDelta);
  }

  /** Epoch of the leader that wrote the batch; -1 when unknown. */
  get partitionLeaderEpoch(): number {
    return this.magic === 2 ? this.buffer.readInt32BE(this.start + BATCH.partitionLeaderEpoch) : -1;
  }

  /** @throws ProtocolError for a number that no Kafka version defines */
  get compression(): CompressionType {
    const number = this.attributes & ATTRIBUTE.compressionMask;
    const type = COMPRESSION_TYPES[number];
    if (type === undefined) throw new ProtocolError(`batch at offset ${this.baseOffset} has unknown compression type ${number}`);
    return type;
  }

  /** Who set the timestamps: the producer, or the broker when it appended the batch (all records then have `maxTimestamp`). */
  get timestampType(): 'create' | 'log-append' | 'none' {
    if (this.magic === 0) return 'none';
    return (this.attributes & ATTRIBUTE.logAppendTime) === 0 ? 'create' : 'log-append';
  }

  get isTransactional(): boolean {
    return this.magic === 2 && (this.attributes & ATTRIBUTE.transactional) !== 0;
  }

  /** Holds a transaction marker or another control record: never shown to users. */
  get isControl(): boolean {
    return this.magic === 2 && (this.attributes & ATTRIBUTE.control) !== 0;
  }

  /** When the cleaner may drop the batch's tombstones and markers, in milliseconds (KIP-534). */
  get deleteHorizon(): bigint | undefined {
    if (this.magic !== 2 || (this.attributes & ATTRIBUTE.deleteHorizon) === 0) return undefined;
    return this.buffer.readBigInt64BE(this.start + BATCH.baseTimestamp);
  }

  /** Milliseconds that the records' timestamp deltas are counted from. */
  get baseTimestamp(): bigint {
    return this.magic === 2 ? this.buffer.readBigInt64BE(this.start + BATCH.baseTimestamp) : this.oldTimestamp;
  }

  /** Largest timestamp of the batch in milliseconds; -1 when its records have none. */
  get maxTimestamp(): bigint {
    return this.magic === 2 ? this.buffer.readBigInt64BE(this.start + BATCH.maxTimestamp) : this.oldTimestamp;
  }

  /** -1 for a producer without idempotence. */
  get producerId(): bigint {
    return this.magic === 2 ? this.buffer.readBigInt64BE(this.start + BATCH.producerId) : -1n;
  }

  get producerEpoch(): number {
    return this.magic === 2 ? this.buffer.readInt16BE(this.start + BATCH.producerEpoch) : -1;
  }

  get baseSequence(): number {
    return this.magic === 2 ? this.buffer.readInt32BE(this.start + BATCH.baseSequence) : -1;
  }

  /** Records in the batch; `undefined` for an old compressed wrapper, which does not say. */
  get count(): number | undefined {
    if (this.magic === 2) return this.buffer.readInt32BE(this.start + BATCH.count);
    return (this.attributes & ATTRIBUTE.compressionMask) === 0 ? 1 : undefined;
  }

  /** Whether the checksum holds: CRC-32C over everything behind it, plain CRC-32 for old messages. */
  isIntact(): boolean {
    const { buffer, start, end } = this;
    if (this.magic === 2) {
      return crc32c(buffer.subarray(start + BATCH.attributes, end)) === buffer.readUInt32BE(start + BATCH.crc);
    }
    return crc32(buffer.subarray(start + BATCH.magic, end)) === buffer.readUInt32BE(start + LOG_OVERHEAD);
  }

  private get attributes(): number {
    const { buffer, start } = this;
    // An old message has one byte of attributes, right behind the magic byte.
    return this.magic === 2 ? buffer.readInt16BE(start + BATCH.attributes) : (buffer[start + BATCH.magic + 1] as number);
  }

  private get oldTimestamp(): bigint {
    return this.magic === 1 ? this.buffer.readBigInt64BE(this.start + BATCH.magic + 2) : -1n;
  }
}
