import type { Lag, LagInput } from './compute-lag.js';

/** A sum over partitions, which says how many it had to leave out. */
export interface LagSum {
  /** Sum of the lags that are known; undefined where none is, also of no partition at all: brokers hide what a user must not see. */
  readonly lag: bigint | undefined;
  /** Records that were deleted before they were read, of the same partitions. */
  readonly lost: bigint | undefined;
  /** The lag if partitions without one were read from the start of their logs; undefined where those are not known. */
  readonly mostLag: bigint | undefined;
  readonly partitions: number;
  /** Partitions without a lag: no commit, none that is a place in the log, or one that could not be read. */
  readonly withoutLag: number;
}

/** Adds up partitions' lags. */
export function sumLag(rows: Iterable<Lag & Pick<LagInput, 'start' | 'end'>>): LagSum {
  let [lag, lost, partitions, withoutLag] = [0n, 0n, 0, 0];
  let mostLag: bigint | undefined = 0n;
  for (const row of rows) {
    partitions++;
    if (row.lag === undefined) withoutLag++;
    lag += row.lag ?? 0n;
    lost += row.lost ?? 0n;
    const most = row.lag ?? lengthOf(row);
    mostLag = most === undefined || mostLag === undefined ? undefined : mostLag + most;
  }
  const isKnown = withoutLag < partitions;
  return { lag: isKnown ? lag : undefined, lost: isKnown ? lost : undefined, mostLag, partitions, withoutLag };
}

function lengthOf({ start, end }: Pick<LagInput, 'start' | 'end'>): bigint | undefined {
  return start === undefined || end === undefined ? undefined : end - start;
}
