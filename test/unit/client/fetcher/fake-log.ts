import { errorCode } from '../../../../src/protocol/errors.js';
import { BATCH, LOG_OVERHEAD } from '../../../../src/protocol/records/batch-format.js';
import { type BatchOptions, makeBatch } from './make-batch.js';

interface StoredBatch {
  readonly base: bigint;
  readonly last: bigint;
  readonly epoch: number;
  readonly bytes: Buffer;
}

/** One partition's log, and who leads it. */
export class FakeLog {
  leader: number | undefined = 1;
  epoch = 0;
  /** Replicas that may be read from besides the leader. */
  followers: number[] = [];
  /** What the leader tells clients of another rack to read from (KIP-392). */
  preferred: number | undefined;
  start = 0n;
  highWatermark = 0n;
  /** Where an open transaction starts. */
  openAt: bigint | undefined;
  aborted: { producerId: bigint; firstOffset: bigint }[] = [];
  private batches: StoredBatch[] = [];

  get lastStableOffset(): bigint {
    return this.openAt ?? this.highWatermark;
  }

  /** Adds a batch at the end, or at `options.base` to leave a gap before it. */
  append(values: readonly string[], options: BatchOptions & { readonly base?: bigint } = {}): this {
    const base = options.base ?? this.highWatermark;
    const epoch = options.epoch ?? this.epoch;
    const bytes = makeBatch(base, values, { ...options, epoch });
    const last = base + BigInt(bytes.readInt32BE(BATCH.lastOffsetDelta));
    this.batches.push({ base, last, epoch, bytes });
    this.highWatermark = last + 1n;
    return this;
  }

  /** Records `from` to before `to`, each its own offset as text, in batches of `size`. */
  fill(to: number, size = 10): this {
    for (let base = Number(this.highWatermark); base < to; base += size) {
      this.append(Array.from({ length: Math.min(size, to - base) }, (_, index) => String(base + index)));
    }
    return this;
  }

  /** Drops everything from `offset` on, as a new leader that never had it. */
  truncate(offset: bigint): void {
    this.batches = this.batches.filter(({ last }) => last < offset);
    this.highWatermark = offset;
  }

  /** Removes batches as compaction does; the end of the log stays. */
  compact(isKept: (base: bigint) => boolean): void {
    this.batches = this.batches.filter(({ base }) => isKept(base));
  }

  /** Breaks a byte of the batch that starts at `base`. */
  corrupt(base: bigint): void {
    const bytes = this.batches.find((batch) => batch.base === base)?.bytes;
    if (bytes !== undefined) bytes[bytes.length - 2] = (bytes[bytes.length - 2] as number) ^ 0xff; // batches are longer than two bytes
  }

  check(broker: number, offset: bigint, epoch: number): number {
    if (broker !== this.leader && !this.followers.includes(broker)) return errorCode.NOT_LEADER_OR_FOLLOWER;
    if (epoch >= 0 && epoch < this.epoch) return errorCode.FENCED_LEADER_EPOCH;
    if (epoch > this.epoch) return errorCode.UNKNOWN_LEADER_EPOCH;
    return offset < this.start || offset > this.highWatermark ? errorCode.OFFSET_OUT_OF_RANGE : 0;
  }

  /** Bytes from the batch that holds `offset` on; the last batch may be cut, unless it is the first of a whole answer. */
  read(offset: bigint, how: { isCommittedOnly: boolean; limit: number; isWholeFirst: boolean }): Buffer {
    const end = how.isCommittedOnly ? this.lastStableOffset : this.highWatermark;
    const wanted = this.batches.filter(({ base, last }) => last >= offset && base < end);
    const first = wanted[0]?.bytes.length ?? 0;
    const limit = how.isWholeFirst ? Math.max(how.limit, first) : how.limit;
    const bytes = Buffer.concat(wanted.map((batch) => batch.bytes)).subarray(0, limit);
    // From Fetch version 3 on nothing rather than a part of one batch.
    return bytes.length < first || bytes.length < LOG_OVERHEAD ? Buffer.alloc(0) : bytes;
  }

  /** Where an epoch ended; undefined where the log has nothing so old. */
  epochEnd(epoch: number): bigint | undefined {
    const known = this.batches.filter((batch) => batch.epoch <= epoch);
    return known.length === 0 ? undefined : (known.at(-1)?.last ?? -1n) + 1n;
  }
}
