import { ProtocolError } from '../../protocol/protocol-error.js';
import { ATTRIBUTE, BATCH, LOG_OVERHEAD } from '../../protocol/records/batch-format.js';

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

/** The complete batches found, in offset order. */
export interface Run {
  /** Byte positions of the batches whose records may be shown: not control batches, not aborted ones. */
  readonly visible: number[];
  /** Byte positions of every complete batch up to the stop. */
  readonly batches: number[];
  /** Offset to read next: behind the last batch, or the position where there is none. */
  readonly next: bigint;
  /** Leader epoch of the last batch; `undefined` without a batch, or where the log does not know it. */
  readonly leaderEpoch: number | undefined;
  /** Bytes that an incomplete first batch would take as a whole. */
  readonly bytesNeeded: number | undefined;
}

const oldestMagic = 2;

/** Thrown for batches of the formats before Kafka 0.11, which carry no batch header of the kind read here. */
export class OldFormatError extends ProtocolError {}

/**
 * Walks batch headers only, without touching records: cheap enough to be done before the next request is sent. Batches are
 * skipped as Kafka's consumer does it: control batches always, and with `aborted` those of producers whose transaction is in
 * the list and whose abort marker has not come yet (KIP-98).
 */
export function scanRun({ records, position, stop, aborted }: RunRequest): Run {
  const filter = aborted === undefined ? undefined : new AbortedFilter(aborted);
  const run = { visible: [] as number[], batches: [] as number[], next: position, leaderEpoch: undefined as number | undefined };
  let at = 0;
  while (records.length - at >= LOG_OVERHEAD) {
    const size = batchSize(records, at);
    if (size > records.length - at) break;
    const base = records.readBigInt64BE(at + BATCH.baseOffset);
    if (stop !== undefined && base >= stop) {
      // Everything below the stop has been passed: what is missing there was compacted away.
      run.next = run.next > stop ? run.next : stop;
      return { ...run, bytesNeeded: undefined };
    }
    const last = base + BigInt(records.readInt32BE(at + BATCH.lastOffsetDelta));
    if (last >= position) {
      run.batches.push(at);
      if (isVisible(records, at, last, filter)) run.visible.push(at);
      run.next = last + 1n;
      const epoch = records.readInt32BE(at + BATCH.partitionLeaderEpoch);
      run.leaderEpoch = epoch < 0 ? undefined : epoch;
    }
    at += size;
  }
  const isCutShort = at === 0 && records.length > 0;
  return { ...run, bytesNeeded: isCutShort ? neededBytes(records) : undefined };
}

function neededBytes(records: Buffer): number {
  return records.length < LOG_OVERHEAD ? BATCH.records : batchSize(records, 0);
}

function batchSize(records: Buffer, at: number): number {
  const length = records.readInt32BE(at + BATCH.length);
  // The magic byte stands at the same place in every format.
  if (records.length - at > BATCH.magic) {
    const magic = records.readInt8(at + BATCH.magic);
    if (magic < oldestMagic) throw new OldFormatError(`records are in the message format ${magic} of before Kafka 0.11`);
    if (magic > oldestMagic) throw new ProtocolError(`records are in an unknown message format ${magic}`);
  }
  if (length < BATCH.records - LOG_OVERHEAD) throw new ProtocolError(`a record batch of ${length} bytes is shorter than its header`);
  return length + LOG_OVERHEAD;
}

function isVisible(records: Buffer, at: number, last: bigint, filter: AbortedFilter | undefined): boolean {
  const attributes = records.readInt16BE(at + BATCH.attributes);
  const isControl = (attributes & ATTRIBUTE.control) !== 0;
  if (filter === undefined) return !isControl;
  const producerId = records.readBigInt64BE(at + BATCH.producerId);
  if (producerId < 0n) return !isControl;
  filter.advance(last);
  if (isControl) {
    if (isAbortMarker(records, at)) filter.end(producerId);
    return false;
  }
  return (attributes & ATTRIBUTE.transactional) === 0 || !filter.isAborted(producerId);
}

/** Knows, while batches go by in offset order, which producers are inside an aborted transaction. */
class AbortedFilter {
  private readonly pending: AbortedTransaction[];
  private readonly producers = new Set<bigint>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.pending = [...aborted].sort((left, right) => (left.firstOffset < right.firstOffset ? 1 : -1));
  }

  advance(offset: bigint): void {
    for (let next = this.pending.at(-1); next !== undefined && next.firstOffset <= offset; next = this.pending.at(-1)) {
      this.producers.add(next.producerId);
      this.pending.pop();
    }
  }

  end(producerId: bigint): void {
    this.producers.delete(producerId);
  }

  isAborted(producerId: bigint): boolean {
    return this.producers.has(producerId);
  }
}

/** Whether the key of a control batch's only record says abort: int16 version, then int16 type (0 abort, 1 commit). */
function isAbortMarker(records: Buffer, at: number): boolean {
  if (records.readInt32BE(at + BATCH.count) === 0) return false;
  let position = at + BATCH.records;
  position = skipVarint(records, position); // length
  position += 1; // attributes
  position = skipVarint(records, position); // timestamp delta
  position = skipVarint(records, position); // offset delta
  position = skipVarint(records, position); // key length
  return position + 4 <= records.length && records.readInt16BE(position + 2) === 0;
}

function skipVarint(records: Buffer, from: number): number {
  let position = from;
  while (position < records.length && (records[position] as number) >= 0x80) position++; // bounded by the length just compared
  return position + 1;
}
