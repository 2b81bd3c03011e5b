/** What is known of one partition of a group; offsets are absent where the cluster gave none. */
export interface LagInput {
  /** Below zero where a client wrote that; consumers take it for no commit. */
  readonly committed: bigint | undefined;
  /** Whether `committed` is absent because it could not be read, and not because there is none. */
  readonly isCommitUnread?: boolean;
  /** First offset still in the log. */
  readonly start: bigint | undefined;
  /** High watermark, or last stable offset where the group reads committed records only. */
  readonly end: bigint | undefined;
  /** Where `end` is the last stable offset: the end of the log behind it, up to which others may have read. */
  readonly highWatermark?: bigint | undefined;
}

/**
 * How a partition stands. Only `ok` and `before-start` have a lag:
 * `no-commit`: the group never committed here; `below-zero`: what it committed is no place in a log; `beyond-end`: the commit lies
 * past the end, because the log was truncated or the topic created again; `before-start`: records were deleted before the group
 * read them; `unknown`: the commit or the log's bounds could not be read.
 */
export type LagState = 'ok' | 'no-commit' | 'below-zero' | 'beyond-end' | 'before-start' | 'unknown';

export interface Lag {
  readonly state: LagState;
  /** Records that the group can still read: `end - max(committed, start)`. */
  readonly lag: bigint | undefined;
  /** Records that were deleted before the group read them: they are not in the lag. Known wherever the lag is. */
  readonly lost: bigint | undefined;
}

/** The lag of one partition; never negative, never zero where it is not known. */
export function computeLag({ committed, isCommitUnread = false, start, end, highWatermark = end }: LagInput): Lag {
  if (isCommitUnread) return without('unknown');
  if (committed === undefined) return without('no-commit');
  if (committed < 0n) return without('below-zero');
  if (start === undefined || end === undefined) return without('unknown');
  if (highWatermark !== undefined && committed > highWatermark) return without('beyond-end');
  // A group that reads uncommitted records is ahead of the last stable offset, which leaves it nothing to read before that.
  if (committed > end) return { state: 'ok', lag: 0n, lost: 0n };
  if (committed < start) return { state: 'before-start', lag: end - start, lost: start - committed };
  return { state: 'ok', lag: end - committed, lost: 0n };
}

function without(state: LagState): Lag {
  return { state, lag: undefined, lost: undefined };
}
