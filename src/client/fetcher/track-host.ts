import type { Cluster } from '../cluster.js';
import type { Pace } from '../pace.js';
import type { ResolvedFetchSettings } from './fetcher-options.js';
import type { PartitionTrack } from './partition-track.js';

/** What looking after partitions needs from the fetcher they belong to. */
export interface TrackHost {
  readonly cluster: Cluster;
  readonly settings: ResolvedFetchSettings;
  readonly pace: Pace;
  /** Aborted when the fetcher is closed, or has failed. */
  readonly signal: AbortSignal;
  tracks(): Iterable<PartitionTrack>;
  /** The reader's way was changed without records: to be told in order with what was read before. */
  jumped(track: PartitionTrack): void;
  /** Some partition became fetchable, or done. */
  ready(): void;
  fail(error: Error): void;
}
