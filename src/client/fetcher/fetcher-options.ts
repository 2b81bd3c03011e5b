import type { CliError } from '../../core/errors.js';

/**
 * An end of the log; or the first record that is not older than so many milliseconds, by this machine's clock, and the end where
 * there is none (KIP-1106).
 */
export type LogPlace = 'earliest' | 'latest' | { readonly lookbackMs: number };

/** Where reading starts: an offset, or a place in the log as it is when the partition is first read. */
export type FetchStart = bigint | LogPlace;

/** One partition to read. */
export interface FetchRange {
  readonly topic: string;
  readonly partition: number;
  readonly start: FetchStart;
  /** First offset not to be read; without it the partition is followed for ever. */
  readonly stop?: bigint | undefined;
  /** Leader epoch of the record before `start`, where known (committed offsets carry it): finds lost records (KIP-320). */
  readonly leaderEpoch?: number | undefined;
}

/** What to do when the log does not hold the offset to be read. */
export type OutOfRangePolicy = 'error' | LogPlace;

/** Which records of transactions are shown. */
export type IsolationLevel = 'read_uncommitted' | 'read_committed';

/** Something the user may want to know of; reading goes on. Offsets are where it stopped and where it goes on. */
export type FetchEvent =
  | {
      /**
       * `reset`: the offset was out of range. `recreated`: another topic has taken the name. `truncated`: records already read
       * were lost in a leader change.
       */
      readonly kind: 'reset' | 'recreated' | 'truncated';
      readonly topic: string;
      readonly partition: number;
      readonly from: bigint;
      readonly to: bigint;
    }
  /** For a while nobody has served a partition that is waited for without end; told once, and once for all of a topic that is gone. */
  | { readonly kind: 'stalled'; readonly topic: string; readonly partition: number; readonly reason: Error }
  /** An answer could not be right and is asked for again; told once for each place. */
  | { readonly kind: 'unreadable'; readonly topic: string; readonly partition: number; readonly reason: CliError };

/** A partition that has nothing left that may be read now. */
export interface PartitionWait {
  readonly topic: string;
  readonly partition: number;
  /** Where reading goes on. */
  readonly offset: bigint;
  /** End of the log; behind `offset` where an open transaction holds back what is between. */
  readonly end: bigint;
}

/**
 * How to read, whatever the partitions. Sizes are bytes, times milliseconds; defaults are those of Kafka's consumer, but twice as
 * much of a partition at a time: a reader of one partition is an eighth faster.
 */
export interface FetchSettings {
  readonly isolationLevel?: IsolationLevel | undefined;
  /** How long a broker holds a request while it has fewer than `minBytes`. */
  readonly maxWaitMs?: number | undefined;
  readonly minBytes?: number | undefined;
  /** Upper bound of one response; less is asked where that spares memory, see `responseBudget`. */
  readonly maxBytes?: number | undefined;
  readonly partitionMaxBytes?: number | undefined;
  readonly outOfRange?: OutOfRangePolicy | undefined;
  /** Rack of this client: brokers may then name a nearer replica to read from (KIP-392). */
  readonly rack?: string | undefined;
  readonly checkCrcs?: boolean | undefined;
  /** How long a partition may be without a broker that serves it before that is an error. */
  readonly unavailableTimeoutMs?: number | undefined;
  /**
   * What to do about a topic that is not there, or is another one of the same name than before: an error (the default), or wait
   * for it and start anew by the `outOfRange` policy, as members of groups do.
   */
  readonly missing?: 'error' | 'wait' | undefined;
  /**
   * With read_committed, what to do where an open transaction stands before the stop: end there (the default), or wait for its
   * outcome.
   */
  readonly openTransactions?: 'end' | 'wait' | undefined;
  readonly onEvent?: ((event: FetchEvent) => void) | undefined;
  /** Called each time that a partition comes to have nothing more to give before its stop. */
  readonly onWait?: ((wait: PartitionWait) => void) | undefined;
  /**
   * Answers are received in memory that is used again: a chunk, and anything cut from its buffers, is to be used only until the
   * next one is asked for.
   */
  readonly reusesMemory?: boolean | undefined;
}

/** Settings with every default filled in. */
export interface ResolvedFetchSettings {
  readonly isolationLevel: IsolationLevel;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly partitionMaxBytes: number;
  readonly outOfRange: OutOfRangePolicy;
  readonly rack: string;
  readonly checkCrcs: boolean;
  readonly unavailableTimeoutMs: number;
  readonly missing: 'error' | 'wait';
  readonly openTransactions: 'end' | 'wait';
  readonly onEvent: (event: FetchEvent) => void;
  readonly onWait: (wait: PartitionWait) => void;
  readonly reusesMemory: boolean;
}

const mebibyte = 1024 * 1024;

/**
 * The most bytes to ask of one broker at a time, whatever `maxBytes` allows. A response in use, one waiting and one on its way
 * are in memory for each broker: twice as much made a reader of many partitions 40 MB larger and no faster, half as much
 * slower. Three brokers and more answer side by side, so that less of each is enough.
 */
export function responseBudget(brokers: number): number {
  return Math.max(mebibyte, Math.min(2 * mebibyte, Math.floor((4 * mebibyte) / Math.max(1, brokers))));
}

/** Fills in the defaults. */
export function resolveFetchSettings(settings: FetchSettings): ResolvedFetchSettings {
  return {
    isolationLevel: settings.isolationLevel ?? 'read_uncommitted',
    maxWaitMs: settings.maxWaitMs ?? 500,
    minBytes: settings.minBytes ?? 1,
    maxBytes: settings.maxBytes ?? 50 * mebibyte,
    partitionMaxBytes: settings.partitionMaxBytes ?? 2 * mebibyte,
    outOfRange: settings.outOfRange ?? 'error',
    rack: settings.rack ?? '',
    checkCrcs: settings.checkCrcs ?? true,
    unavailableTimeoutMs: settings.unavailableTimeoutMs ?? 60_000,
    missing: settings.missing ?? 'error',
    openTransactions: settings.openTransactions ?? 'end',
    reusesMemory: settings.reusesMemory ?? false,
    onEvent: settings.onEvent ?? (() => {}),
    onWait: settings.onWait ?? (() => {}),
  };
}
