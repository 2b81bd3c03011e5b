import { ProtocolError } from '../../protocol/protocol-error.js';
import type { BatchHeader } from '../../protocol/records/batch-header.js';
import { BatchReader } from '../../protocol/records/batch-reader.js';
import { BATCH } from '../../protocol/records/batch-format.js';

/** A transaction that ended in an abort; its batches are those of the producer from `firstOffset` to its abort marker. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** What to look for in the records of one partition of one response. */
export interface RunRequest {
  readonly records: Buffer;
  /** First offset that is wanted; batches may begin before it. */
  readonly position: bigint;
  /** First offset that is not wanted. */
  readonly stop: bigint | undefined;
  /** The aborted transactions that overlap the records; `undefined` shows all records, aborted ones too. */
  readonly aborted: readonly AbortedTransaction[] | undefined;
}

/** Where one batch lies in the records, and whether its records may be shown: no control batch, no aborted one. */
export interface BatchSpan {
  readonly start: number;
  readonly end: number;
  readonly isVisible: boolean;
}

/** The complete batches found, in offset order. */
export interface Run {
  readonly batches: readonly BatchSpan[];
  /** Offset to read next: behind the last batch, or the position where there is none. */
  readonly next: bigint;
  /** Leader epoch of the last batch; `undefined` without a batch, or where the log does not know it. */
  readonly leaderEpoch: number | undefined;
  /** Bytes that a batch cut short, the first one, would take as a whole. */
  readonly bytesNeeded: number | undefined;
}

/**
 * Walks batch headers only, without touching records: cheap enough to be done before the next request is sent. Batches are
 * skipped as Kafka's consumer does it: control batches always, and with `aborted` those of producers whose transaction is in
 * the list and whose abort marker has not come yet (KIP-98).
 *
 * What follows on whole batches and cannot be one is left for the next request, which will begin with it.
 *
 * @throws ProtocolError for bytes that are no batches, and for batches whose offsets contradict each other
 */
export function scanRun({ records, position, stop, aborted }: RunRequest): Run {
  const reader = new BatchReader(records);
  const { batch } = reader;
  const filter = aborted === undefined ? undefined : new AbortedFilter(aborted);
  const batches: BatchSpan[] = [];
  let next = position;
  let leaderEpoch: number | undefined;
  let previous = -1n;
  while (moves(reader, batches.length)) {
    previous = checkOffsets(batch, previous);
    // An old compressed wrapper (no count) only knows its last offset.
    if (stop !== undefined && batch.count !== undefined && batch.baseOffset >= stop) {
      // Everything below the stop has been passed: what is missing there was compacted away.
      return { batches, next: next > stop ? next : stop, leaderEpoch, bytesNeeded: undefined };
    }
    const last = batch.lastOffset;
    const isVisible = filter?.admits(batch, last) ?? !batch.isControl;
    if (last < position) continue;
    batches.push({ start: batch.start, end: batch.end, isVisible });
    next = last + 1n;
    const epoch = batch.partitionLeaderEpoch;
    leaderEpoch = epoch < 0 ? undefined : epoch;
  }
  const isTooSmall = reader.batches === 0 && reader.cut !== undefined;
  return { batches, next, leaderEpoch, bytesNeeded: isTooSmall ? (reader.cut?.need ?? BATCH.records) : undefined };
}

function moves(reader: BatchReader, found: number): boolean {
  try {
    return reader.next();
  } catch (error) {
    if (found === 0 || !(error instanceof ProtocolError)) throw error;
    return false;
  }
}

/** Gives the batch's last offset; which of two batches in the wrong order is the broken one cannot be told. */
function checkOffsets({ baseOffset, lastOffset, count }: BatchHeader, previous: bigint): bigint {
  if (baseOffset > previous && lastOffset >= baseOffset && (count ?? 0) >= 0) return lastOffset;
  const text = `batch with ${count ?? 'some'} records from offset ${baseOffset} to ${lastOffset}, behind offset ${previous}`;
  throw new ProtocolError(text);
}

/** Knows, while batches go by in offset order, which producers are inside an aborted transaction. */
class AbortedFilter {
  private readonly pending: AbortedTransaction[];
  private readonly producers = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.pending = [...aborted].sort((left, right) => (left.firstOffset < right.firstOffset ? 1 : -1));
  }

  /** Takes note of the batch, and says whether its records may be shown. */
  admits(batch: BatchHeader, last: bigint): boolean {
    const { producerId } = batch;
    if (producerId < 0n) return !batch.isControl;
    for (let next = this.pending.at(-1); next !== undefined && next.firstOffset <= last; next = this.pending.at(-1)) {
      this.producers.add(next.producerId);
      this.pending.pop();
    }
    if (batch.isControl) {
      if (isAbortMarker(batch)) this.producers.delete(producerId);
      return false;
    }
    return !batch.isTransactional || !this.producers.has(producerId);
  }
}

/** Whether the key of a control batch's only record says abort: int16 version, then int16 type (0 abort, 1 commit). */
function isAbortMarker({ buffer, start, end, count }: BatchHeader): boolean {
  if (count === 0) return false;
  let position = skipVarint(buffer, start + BATCH.records); // length
  position += 1; // attributes
  position = skipVarint(buffer, position); // timestamp delta
  position = skipVarint(buffer, position); // offset delta
  position = skipVarint(buffer, position); // key length
  return position + 4 <= end && buffer.readInt16BE(position + 2) === 0;
}

function skipVarint(buffer: Buffer, from: number): number {
  let position = from;
  while (position < buffer.length && (buffer[position] as number) >= 0x80) position++; // bounded by the length just compared
  return position + 1;
}
