/** What is known of one partition of a group; offsets are absent where the cluster gave none. */
export interface LagInput {
  readonly committed: bigint | undefined;
  /** First offset still in the log. */
  readonly start: bigint | undefined;
  /** High watermark, or last stable offset where the group reads committed records only. */
  readonly end: bigint | undefined;
}

/**
 * How a partition stands. Only `ok` and `before-start` have a lag:
 * `no-commit`: the group never committed here; `beyond-end`: the commit lies past the end, because the log was truncated or the
 * topic recreated; `before-start`: records were deleted before the group read them; `unknown`: the end could not be read.
 */
export type LagState = 'ok' | 'no-commit' | 'beyond-end' | 'before-start' | 'unknown';

export interface Lag {
  readonly state: LagState;
  /** Records between the commit and the end, as Kafka counts them: `end - committed`. */
  readonly lag: bigint | undefined;
  /** Of the lag, what was deleted before it was read; only in state `before-start`. */
  readonly lost: bigint | undefined;
}

/** The lag of one partition; never negative, never zero where it is not known. */
export function computeLag({ committed, start, end }: LagInput): Lag {
  if (committed === undefined) return { state: 'no-commit', lag: undefined, lost: undefined };
  if (end === undefined) return { state: 'unknown', lag: undefined, lost: undefined };
  if (committed > end) return { state: 'beyond-end', lag: undefined, lost: undefined };
  const lag = end - committed;
  if (start !== undefined && committed < start) return { state: 'before-start', lag, lost: start - committed };
  return { state: 'ok', lag, lost: undefined };
}

/** A sum over partitions, which says how many it had to leave out. */
export interface LagSum {
  readonly lag: bigint;
  readonly partitions: number;
  /** Partitions without a lag: no commit, a commit beyond the end, or an end that could not be read. */
  readonly withoutLag: number;
}

/** Adds up partitions' lags. */
export function sumLag(lags: Iterable<Lag>): LagSum {
  let lag = 0n;
  let partitions = 0;
  let withoutLag = 0;
  for (const one of lags) {
    partitions++;
    if (one.lag === undefined) withoutLag++;
    else lag += one.lag;
  }
  return { lag, partitions, withoutLag };
}
