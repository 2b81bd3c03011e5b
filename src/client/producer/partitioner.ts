import type { RecordRange } from '../../core/record-formats/record-range.js';

/** The partitions of a topic to choose from. */
export interface PartitionChoice {
  readonly count: number;
  /** Those that have a leader. */
  readonly available: readonly number[];
}

/** Chooses the partition of records that name none. It may keep state; each topic has its own. */
export interface Partitioner {
  choose(record: RecordRange, among: PartitionChoice): number;
}
