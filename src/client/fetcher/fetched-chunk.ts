import { CliError } from '../../core/errors.js';
import type { Codec, CompressionType } from '../../protocol/compression/codec.js';
import { ProtocolError, UnpackedTooLargeError } from '../../protocol/protocol-error.js';
import { BatchHeader } from '../../protocol/records/batch-header.js';
import { RecordCursor } from '../../protocol/records/record-cursor.js';
import type { BatchSpan } from './scan-run.js';

/** What a response said of the partition a chunk belongs to. */
export interface ChunkFacts {
  readonly topic: string;
  /** `undefined` where brokers give none. */
  readonly topicId: string | undefined;
  readonly partition: number;
  /** First offset wanted. */
  readonly start: bigint;
  /** First offset not wanted. */
  readonly stop: bigint | undefined;
  /** Where the partition goes on behind this chunk: what to commit once all of it has been dealt with. */
  readonly nextOffset: bigint;
  /** Leader epoch of the last batch, to be committed with `nextOffset`; `undefined` where the log does not know it. */
  readonly leaderEpoch: number | undefined;
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
}

/**
 * Takes records off a cursor in bulk, in front of the next one that is visited; `false` ends the walk. `stop` is the first offset
 * delta that is not to be taken.
 */
export type TakeRecords = (cursor: RecordCursor, stop: number) => boolean;

/** Walks one batch: visits each of its records, except those that `take` has taken before, until one of them says `false`. */
export type BatchWalk = (visit: (record: RecordCursor) => unknown, take?: TakeRecords) => boolean;

// Where records are not as bulk taking wants them, it is not tried before each.
const visitsBetween = 256;

/** The codecs of a chunk's batches, loaded. */
export type Codecs = ReadonlyMap<CompressionType, Codec>;

/**
 * Some consecutive records of one partition, still as the broker sent them. The memory is the chunk's own: it lives as long as
 * the chunk, or anything cut from its buffers, is held.
 *
 * ```ts
 * chunk.forEachRecord((record) => {
 *   if (record.valueStart >= 0) record.buffer.copy(output, at, record.valueStart, record.valueEnd);
 *   return printed < limit;              // false ends the walk; the next record would have been record.offset + 1n
 * });
 * ```
 */
export class FetchedChunk implements ChunkFacts {
  readonly topic: string;
  readonly topicId: string | undefined;
  readonly partition: number;
  readonly start: bigint;
  readonly stop: bigint | undefined;
  readonly nextOffset: bigint;
  readonly leaderEpoch: number | undefined;
  readonly highWatermark: bigint;
  readonly lastStableOffset: bigint;
  readonly logStartOffset: bigint;
  private readonly records: Buffer;
  private readonly spans: readonly BatchSpan[];
  private readonly codecs: Codecs;
  /** Most bytes that a batch may unpack to. */
  private readonly limit: number | undefined;

  constructor(facts: ChunkFacts, content: { records: Buffer; spans: readonly BatchSpan[]; codecs: Codecs; limit?: number }) {
    this.topic = facts.topic;
    this.topicId = facts.topicId;
    this.partition = facts.partition;
    this.start = facts.start;
    this.stop = facts.stop;
    this.nextOffset = facts.nextOffset;
    this.leaderEpoch = facts.leaderEpoch;
    this.highWatermark = facts.highWatermark;
    this.lastStableOffset = facts.lastStableOffset;
    this.logStartOffset = facts.logStartOffset;
    this.records = content.records;
    this.spans = content.spans;
    this.codecs = content.codecs;
    this.limit = content.limit;
  }

  /** Bytes as they came from the broker, compressed ones uncounted. */
  get byteLength(): number {
    return this.spans.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /**
   * Shows every record that a reader of this partition should see, in offset order: none below `start`, from `stop` on, of a
   * transaction that failed (with read_committed) or of the log's own bookkeeping. The record is a cursor, the same object each
   * time; use or copy what it points to before returning. Returning `false` ends the walk.
   *
   * @returns false when the visitor ended the walk
   * @throws CliError `protocol` for records that cannot be decompressed or read
   */
  forEachRecord(visit: (record: RecordCursor) => unknown): boolean {
    for (const batch of this.batches()) {
      if (!batch(visit)) return false;
    }
    return true;
  }

  /**
   * The same walk, a batch at a time: each item walks one batch, and is used up before the next is taken. For callers that have
   * to wait in between, since a small chunk may hold many compressed records.
   */
  *batches(): Generator<BatchWalk, void> {
    const cursor = new RecordCursor();
    const header = new BatchHeader();
    header.buffer = this.records;
    for (const { start, end } of this.spans) {
      header.start = start;
      header.end = end;
      this.open(cursor, header);
      yield (visit, take) => this.walk(cursor, visit, take);
    }
  }

  private open(cursor: RecordCursor, header: BatchHeader): void {
    try {
      cursor.open(header, { codec: this.codecs.get(header.compression), fromOffset: this.start, decompressedLimit: this.limit });
    } catch (error) {
      throw error instanceof UnpackedTooLargeError ? this.tooLarge(error, header.baseOffset) : this.unreadable(error);
    }
  }

  private walk(cursor: RecordCursor, visit: (record: RecordCursor) => unknown, take?: TakeRecords): boolean {
    const end = this.stop === undefined ? Infinity : Number(this.stop - cursor.baseOffset);
    try {
      for (let visits = 0; ; visits++) {
        if (take !== undefined && visits % visitsBetween === 0 && !take(cursor, end)) return false;
        if (!cursor.next() || cursor.offsetDelta >= end) return true;
        if (visit(cursor) === false) return false;
      }
    } catch (error) {
      throw this.unreadable(error);
    }
  }

  private unreadable(error: unknown): unknown {
    if (!(error instanceof ProtocolError)) return error;
    return new CliError('protocol', `cannot read records of partition ${this.topic}-${this.partition}: ${error.message}`, {
      cause: error,
    });
  }

  private tooLarge(error: UnpackedTooLargeError, offset: bigint): CliError {
    const where = `batch at offset ${offset} of partition ${this.topic}-${this.partition}`;
    return new CliError('unsupported', `${where}: ${error.message}`, {
      cause: error,
      hint: 'raise the limit: KAFKIT_MAX_UNPACKED_BYTES=1073741824, or max.unpacked.bytes in the settings file',
    });
  }
}
