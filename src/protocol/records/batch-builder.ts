import type { LineSpan } from '../../core/record-formats/line-span.js';
import { copyWords, longestByWords, wordView, type WordView } from '../../core/copy-words.js';
import { COMPRESSION_TYPES, type Codec } from '../compression/codec.js';
import { BATCH, LOG_OVERHEAD, type RecordHeader } from './batch-format.js';
import { recordKernel } from './kernel/record-kernel.js';
import { sizeOfField, sizeOfHeaders } from './record-size.js';
import { stampBatch, type ProducerStamp } from './stamp-batch.js';
import { sizeOfVarint, sizeOfVarlong, writeVarint, writeVarlong } from './varint.js';

const NO_HEADERS: readonly RecordHeader[] = [];
const noSource = wordView(new Uint8Array(0));
/** The length -1 as a zigzag varint. */
const NULL_FIELD = 1;
const FIRST_CAPACITY = 16 * 1024;
/** Deltas within these bounds are exact as numbers, zigzag included. */
const LARGEST_DELTA = 2 ** 51;
// Fewer bytes of lines are written before the kernel is set up.
const worthTheKernel = 4096;

/**
 * Writes records into one record batch of message format v2 (KIP-98), straight into a buffer that `reset` keeps for the next
 * batch. The batch never grows past `limit` bytes, header included; the buffer grows towards it only as records come.
 *
 * When `append` or `appendRange` answers `false`, nothing was written: a builder that holds records is to be finished and the
 * record given to the next one; an empty builder says that the record alone is larger than `limit`
 * (`sizeOfSingleRecordBatch` tells its exact size).
 */
export class BatchBuilder {
  /** Most bytes the batch may have, header included and before compression. */
  readonly limit: number;
  private buffer: Buffer;
  private target: WordView;
  /** The last source as words, since many records come from the same. */
  private source: WordView = noSource;
  private position: number = BATCH.records;
  private records = 0;
  private baseTimestamp: number | bigint = 0;
  private largestDelta = 0;
  private finished = false;
  /** A timestamp delta within the bounds, as a varint. */
  private readonly stamp = Buffer.alloc(8);

  constructor(limit: number) {
    this.limit = limit;
    this.buffer = Buffer.allocUnsafeSlow(Math.max(BATCH.records, Math.min(limit, FIRST_CAPACITY)));
    this.target = wordView(this.buffer);
  }

  /** Records in the batch. */
  get count(): number {
    return this.records;
  }

  /** Bytes of the batch as it stands, header included, before compression. */
  get size(): number {
    return this.position;
  }

  /** Largest timestamp of the batch in milliseconds; `undefined` while it is empty. */
  get maxTimestamp(): bigint | undefined {
    return this.records === 0 ? undefined : BigInt(this.baseTimestamp) + BigInt(this.largestDelta);
  }

  /** Empties the builder and keeps its buffer: bytes that `finish` returned must no longer be in use. */
  reset(): void {
    this.position = BATCH.records;
    this.records = 0;
    this.largestDelta = 0;
    this.finished = false;
    this.source = noSource;
  }

  /**
   * Adds one record, or answers `false` when it does not fit. Key and value `null` are told apart from empty ones.
   *
   * @param timestamp milliseconds since the epoch; -1 for none
   */
  append(
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number | bigint,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): boolean {
    const keyLength = key === null ? -1 : key.length;
    const valueLength = value === null ? -1 : value.length;
    let at = this.begin(keyLength, valueLength, timestamp, headers);
    if (at < 0) return false;
    at = this.writeField(at, key, 0, keyLength);
    at = this.writeField(at, value, 0, valueLength);
    this.end(this.writeHeaders(at, headers));
    return true;
  }

  /**
   * Adds one record whose key and value are ranges of `source`, or answers `false` when it does not fit. A start of -1 stands
   * for null. Positions instead of an options object: this runs for every line of a file.
   */
  appendRange(
    source: Uint8Array,
    keyStart: number,
    keyEnd: number,
    valueStart: number,
    valueEnd: number,
    timestamp: number | bigint,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): boolean {
    const keyLength = keyStart < 0 ? -1 : keyEnd - keyStart;
    const valueLength = valueStart < 0 ? -1 : valueEnd - valueStart;
    let at = this.begin(keyLength, valueLength, timestamp, headers);
    if (at < 0) return false;
    at = this.writeField(at, source, keyStart, keyLength);
    at = this.writeField(at, source, valueStart, valueLength);
    this.end(this.writeHeaders(at, headers));
    return true;
  }

  /**
   * Adds lines as values without a key: as many as fit, until `maxBytes` of them are reached or no more lines end within the span.
   * Answers where the first line begins that was not taken. What {@link appendRange} does for one, in one loop for many: the
   * lines of a large file pass through here.
   */
  appendLines({ source, start, limit, delimiter }: LineSpan, timestamp: number, maxBytes: number): number {
    let from = start;
    let left = maxBytes;
    while (left > 0) {
      const next = this.takeLines({ source, start: from, limit, delimiter }, timestamp, left);
      left -= next.bytes;
      from = next.start;
      if (left <= 0) break;
      const end = source.indexOf(delimiter, from);
      if (end < 0 || end >= limit) break;
      let at = this.begin(-1, end - from, timestamp, NO_HEADERS);
      if (at < 0) break;
      this.buffer[at++] = NULL_FIELD;
      at = this.writeField(at, source, from, end - from);
      this.buffer[at] = 0;
      this.end(at + 1);
      left -= end - from;
      from = end + 1;
    }
    return from;
  }

  /** The lines that the kernel takes, which are none where it cannot be used. */
  private takeLines(lines: Omit<LineSpan, 'tag'>, timestamp: number, wanted: number): { start: number; bytes: number } {
    const { start } = lines;
    const none = { start, bytes: 0 };
    const expected = Math.min(lines.limit - start, wanted, this.limit - this.position);
    if (expected < worthTheKernel || this.finished) return none;
    const kernel = recordKernel();
    const delta = this.deltaOf(timestamp);
    if (kernel === undefined || delta > LARGEST_DELTA || delta < -LARGEST_DELTA) return none;
    const needed = this.position + expected;
    if (needed > this.buffer.length) this.grow(needed);
    const { position, records: first } = this;
    const stamp = this.stamp.subarray(0, writeVarlong(this.stamp, 0, delta));
    const room = Math.min(this.buffer.length, this.limit);
    const found = kernel.takeLines({ ...lines, first, stamp, wanted }, this.buffer, position, room);
    if (found.taken === 0) return none;
    if (first === 0) this.baseTimestamp = timestamp;
    if (delta > this.largestDelta) this.largestDelta = delta;
    this.records += found.taken;
    this.position = found.end;
    return { start: found.start, bytes: found.start - start - found.taken };
  }

  /**
   * Completes the batch and returns its bytes, ready for the `records` field of a Produce request. They lie in the builder's own
   * buffer, so `reset` only after the broker has answered and the socket has let go of them.
   *
   * With a codec the records are compressed, as Kafka does, also where that makes them larger; only a batch that would outgrow
   * `limit` that way is left plain.
   */
  finish(stamp?: ProducerStamp, codec?: Codec): Buffer {
    if (this.records === 0 || this.finished) throw new Error('only a batch with records can be finished, and only once');
    this.finished = true;
    const attributes = codec === undefined ? 0 : this.compress(codec);
    const { buffer } = this;
    const maxTimestamp = BigInt(this.baseTimestamp) + BigInt(this.largestDelta);
    buffer.writeBigInt64BE(0n, BATCH.baseOffset);
    buffer.writeInt32BE(this.position - LOG_OVERHEAD, BATCH.length);
    buffer.writeInt32BE(-1, BATCH.partitionLeaderEpoch);
    buffer[BATCH.magic] = 2;
    buffer.writeInt16BE(attributes, BATCH.attributes);
    buffer.writeInt32BE(this.records - 1, BATCH.lastOffsetDelta);
    buffer.writeBigInt64BE(BigInt(this.baseTimestamp), BATCH.baseTimestamp);
    buffer.writeBigInt64BE(maxTimestamp, BATCH.maxTimestamp);
    buffer.writeInt32BE(this.records, BATCH.count);
    const batch = buffer.subarray(0, this.position);
    stampBatch(batch, stamp);
    return batch;
  }

  /** Checks that the record fits, makes room, and writes what stands before its key; the position behind that, or -1. */
  private begin(keyLength: number, valueLength: number, timestamp: number | bigint, headers: readonly RecordHeader[]): number {
    if (this.finished) throw new Error('a finished batch takes no more records');
    const delta = this.deltaOf(timestamp);
    // A span of timestamps that a number cannot hold exactly starts a new batch instead.
    if (delta > LARGEST_DELTA || delta < -LARGEST_DELTA) return -1;
    const body =
      1 +
      (delta >= 0 && delta < 64 ? 1 : sizeOfVarlong(delta)) +
      sizeOfVarint(this.records) +
      sizeOfField(keyLength) +
      sizeOfField(valueLength) +
      (headers.length === 0 ? 1 : sizeOfHeaders(headers));
    const end = this.position + sizeOfVarint(body) + body;
    if (end > this.limit) return -1;
    if (end > this.buffer.length) this.grow(end);
    if (this.records === 0) this.baseTimestamp = timestamp;
    const { buffer } = this;
    let at = writeVarint(buffer, this.position, body);
    buffer[at++] = 0;
    if (delta >= 0 && delta < 64) buffer[at++] = delta << 1;
    else at = writeVarlong(buffer, at, delta);
    at = writeVarint(buffer, at, this.records);
    if (delta > this.largestDelta) this.largestDelta = delta;
    return at;
  }

  private end(position: number): void {
    this.position = position;
    this.records++;
  }

  private deltaOf(timestamp: number | bigint): number {
    const base = this.records === 0 ? timestamp : this.baseTimestamp;
    if (typeof timestamp === 'number') {
      if (!Number.isSafeInteger(timestamp)) throw new RangeError(`a timestamp is a whole number of milliseconds, not ${timestamp}`);
      if (typeof base === 'number') return timestamp - base;
    } else if (BigInt.asIntN(64, timestamp) !== timestamp) {
      throw new RangeError(`a timestamp has 64 bits, ${timestamp} needs more`);
    }
    return Number(BigInt(timestamp) - BigInt(base));
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.min(this.limit, Math.max(needed, this.buffer.length * 4)));
    larger.set(this.buffer.subarray(0, this.position));
    this.buffer = larger;
    this.target = wordView(larger);
  }

  private writeField(at: number, source: Uint8Array | null, start: number, length: number): number {
    const position = writeVarint(this.buffer, at, length);
    if (source === null || length <= 0) return position;
    if (length > longestByWords) this.buffer.set(new Uint8Array(source.buffer, source.byteOffset + start, length), position);
    else {
      if (this.source.bytes !== source) this.source = wordView(source);
      copyWords(this.source, start, start + length, this.target, position);
    }
    return position + length;
  }

  private writeHeaders(at: number, headers: readonly RecordHeader[]): number {
    if (headers.length === 0) {
      this.buffer[at] = 0;
      return at + 1;
    }
    let position = writeVarint(this.buffer, at, headers.length);
    for (const { key, value } of headers) {
      position = writeVarint(this.buffer, position, Buffer.byteLength(key));
      position += this.buffer.write(key, position, 'utf8');
      position = this.writeField(position, value, 0, value === null ? -1 : value.length);
    }
    return position;
  }

  /** Puts the compressed records in place of the plain ones and returns the attributes that say so. */
  private compress(codec: Codec): number {
    const compressed = codec.compress(this.buffer.subarray(BATCH.records, this.position));
    const end = BATCH.records + compressed.length;
    if (end > this.limit) return 0;
    if (end > this.buffer.length) this.grow(end);
    this.buffer.set(compressed, BATCH.records);
    this.position = end;
    return COMPRESSION_TYPES.indexOf(codec.type);
  }
}
