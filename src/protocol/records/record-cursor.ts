import type { Codec } from '../compression/codec.js';
import { ProtocolError } from '../protocol-error.js';
import { BATCH, type RecordHeader } from './batch-format.js';
import type { BatchHeader } from './batch-header.js';
import { type CopyLimits, recordKernel } from './kernel/record-kernel.js';
import { rewriteOldMessages } from './old-message-set.js';
import { VarintReader } from './varint-reader.js';

/** Most bytes that the records of one batch may decompress to: a broker takes no batch near it, a decompression bomb is larger. */
export const DEFAULT_DECOMPRESSED_LIMIT = 256 * 1024 * 1024;

export interface OpenOptions {
  /** The loaded codec of `batch.compression`; not needed for `none`. See `loadCodec`. */
  codec?: Codec | undefined;
  /** Records below this offset are passed over: a fetch answers with the whole batch that holds its first offset. */
  fromOffset?: bigint;
  /** Most bytes the records may decompress to. Default {@link DEFAULT_DECOMPRESSED_LIMIT}. */
  decompressedLimit?: number | undefined;
}

/** Where to copy values, and how many. */
export interface CopyBounds extends CopyLimits {
  /** Only records below this offset delta. */
  readonly stop: number;
}

// Fewer bytes of records are walked before the kernel is set up.
const worthTheKernel = 4096;
const longestEnding = 7;
const largestDelta = 0x7fffffff;

/**
 * Walks the records of one batch without making an object for any of them: after `next`, the fields say where key, value and
 * headers lie in `buffer` (the decompressed records, or the response itself), so their bytes must be used or copied before that
 * memory is reused. One cursor serves any number of batches.
 */
export class RecordCursor extends VarintReader {
  /** Offset that `offsetDelta` is counted from. */
  baseOffset = 0n;
  offsetDelta = 0;
  /** Milliseconds from the batch's base timestamp; rounded when past 2^53, `timestamp` is exact. */
  timestampDelta = 0;
  /** -1 for a null key. */
  keyStart = -1;
  keyEnd = -1;
  /** -1 for a null value. */
  valueStart = -1;
  valueEnd = -1;
  headerCount = 0;
  /** Where the first header starts; see `readHeaders`. */
  headersStart = 0;
  headersEnd = 0;

  private baseTimestamp = 0n;
  private appendTime: bigint | undefined;
  /** The batch is of message format 0, which has no timestamps. */
  isTimeless = false;
  private timestampAt = 0;
  private left = 0;
  private firstDelta = 0;

  /**
   * Sets the cursor before the first record of `batch`. The caller has checked `batch.isIntact()`.
   *
   * @throws ProtocolError when the records cannot be decompressed or their count is impossible
   */
  open(batch: BatchHeader, options: OpenOptions = {}): void {
    const type = batch.compression;
    const codec = type === 'none' ? undefined : options.codec;
    if (codec?.type !== (type === 'none' ? undefined : type)) {
      throw new ProtocolError(`records are compressed with ${type}, and no such codec was given`);
    }
    const limit = options.decompressedLimit ?? DEFAULT_DECOMPRESSED_LIMIT;
    if (batch.magic === 2) this.openRecords(batch, codec, limit);
    else this.openOldMessages(batch, codec, limit);
    this.appendTime = batch.timestampType === 'log-append' ? batch.maxTimestamp : undefined;
    this.isTimeless = batch.timestampType === 'none';
    const skipped = options.fromOffset === undefined ? 0n : options.fromOffset - this.baseOffset;
    this.firstDelta = skipped > 0n ? Number(skipped) : -Infinity;
  }

  private openRecords(batch: BatchHeader, codec: Codec | undefined, limit: number): void {
    const start = batch.start + BATCH.records;
    // What stands in a batch without records nobody looks at.
    if (batch.count === 0) return this.openEmpty(batch);
    this.view(batch.buffer, start, batch.end);
    if (codec !== undefined) {
      const plain = codec.decompress(batch.buffer.subarray(start, batch.end), limit);
      this.view(Buffer.from(plain.buffer, plain.byteOffset, plain.length), 0, plain.length);
    }
    this.baseOffset = batch.baseOffset;
    this.baseTimestamp = batch.baseTimestamp;
    this.left = batch.count ?? 0;
    if (this.left < 0) throw new ProtocolError(`batch at offset ${this.baseOffset} says it has ${this.left} records`);
  }

  private openEmpty(batch: BatchHeader): void {
    this.view(batch.buffer, batch.end, batch.end);
    this.baseOffset = batch.baseOffset;
    this.left = 0;
  }

  private openOldMessages(batch: BatchHeader, codec: Codec | undefined, limit: number): void {
    const old = rewriteOldMessages(batch, codec, limit);
    this.view(old.buffer, 0, old.buffer.length);
    this.baseOffset = old.baseOffset;
    this.baseTimestamp = old.baseTimestamp;
    this.left = old.count;
  }

  /**
   * Moves to the next record, or answers `false` behind the last.
   *
   * @throws ProtocolError when the bytes are not records
   */
  next(): boolean {
    do {
      if (this.left === 0) return this.finish();
      this.left--;
      this.readRecord();
    } while (this.offsetDelta < this.firstDelta);
    return true;
  }

  /**
   * Copies the values of the records that come next, each with `ending` behind it, and moves to the last one copied, whose fields
   * other than the offset are not set. Stops early, perhaps at once, where a record is not plain: that one is for {@link next}.
   *
   * @returns how many were copied
   */
  copyValues(ending: Uint8Array, { target, count, stop, room }: CopyBounds): number {
    const { buffer: source, position, limit } = this;
    if (limit - position < worthTheKernel || ending.length > longestEnding) return 0;
    const kernel = recordKernel();
    if (kernel === undefined) return 0;
    const [first, end] = [this.firstDelta, stop].map((delta) => Math.max(0, Math.min(delta, largestDelta))) as [number, number];
    const span = { source, position, limit, first, stop: end, offsetDelta: this.offsetDelta };
    const copied = kernel.copyValues(span, ending, { target, count: Math.min(count, this.left), room });
    this.position = span.position;
    this.offsetDelta = span.offsetDelta;
    this.left -= copied;
    return copied;
  }

  /** Offset of the record. */
  get offset(): bigint {
    return this.baseOffset + BigInt(this.offsetDelta);
  }

  /** Whether the broker's clock set the batch's timestamps, not the producer's. */
  get isAppendTime(): boolean {
    return this.appendTime !== undefined;
  }

  /** Timestamp of the record in milliseconds; -1 when it has none. Under log-append time all records have the batch's. */
  get timestamp(): bigint {
    if (this.appendTime !== undefined) return this.appendTime;
    const delta = Number.isSafeInteger(this.timestampDelta) ? BigInt(this.timestampDelta) : this.varlongAt(this.timestampAt);
    // Java's producer computes deltas in 64 bits, so a far one wraps around.
    return BigInt.asIntN(64, this.baseTimestamp + delta);
  }

  /**
   * The record's headers; the values share memory with `buffer`.
   *
   * @throws ProtocolError when the bytes are not headers
   */
  headers(): RecordHeader[] {
    const { position, limit } = this;
    this.position = this.headersStart;
    this.limit = this.headersEnd;
    const headers: RecordHeader[] = [];
    for (let index = 0; index < this.headerCount; index++) {
      const key = this.field();
      if (key === null) throw this.malformed('a header has a null key');
      headers.push({ key: key.toString('utf8'), value: this.field() });
    }
    if (this.position !== this.limit) throw this.malformed('headers do not end where their record does');
    this.position = position;
    this.limit = limit;
    return headers;
  }

  private field(): Buffer | null {
    const length = this.varint();
    // Kafka's reader takes every length below zero for null.
    if (length < 0) return null;
    const start = this.position;
    if (start + length > this.limit) throw this.malformed(`a header of ${length} bytes does not fit its record`);
    this.position = start + length;
    return this.buffer.subarray(start, this.position);
  }

  private readRecord(): void {
    const length = this.varint();
    const end = this.position + length;
    if (length < 0 || end > this.limit) throw this.malformed(`a record of ${length} bytes does not fit its batch`);
    this.position++; // attributes, none defined
    this.timestampAt = this.position;
    this.timestampDelta = this.varlong();
    this.offsetDelta = this.varint();
    const keyLength = this.varint();
    this.keyStart = keyLength < 0 ? -1 : this.position;
    if (keyLength > 0) this.position += keyLength;
    this.keyEnd = keyLength < 0 ? -1 : this.position;
    if (this.position > end) throw this.malformed(`a key of ${keyLength} bytes does not fit its record`);
    const valueLength = this.varint();
    this.valueStart = valueLength < 0 ? -1 : this.position;
    if (valueLength > 0) this.position += valueLength;
    this.valueEnd = valueLength < 0 ? -1 : this.position;
    if (this.position > end) throw this.malformed(`a value of ${valueLength} bytes does not fit its record`);
    this.headerCount = this.varint();
    this.headersStart = this.position;
    this.headersEnd = end;
    if (this.headerCount > 0 && this.position <= end) this.position = end;
    if (this.headerCount < 0 || this.position !== end) throw this.malformed('a record does not end where its length says');
  }

  private finish(): false {
    if (this.position !== this.limit) throw this.malformed(`${this.limit - this.position} bytes follow the last record`);
    return false;
  }

  private malformed(what: string): ProtocolError {
    return new ProtocolError(`${what} (batch at offset ${this.baseOffset}, byte ${this.position})`);
  }
}
