/** Where a partition's offset stands: a number, or the high watermark at the time of use (`-1` in a delete-records file). */
export type FileOffset = bigint | 'high-watermark';

/** One partition of an offset file. */
export interface OffsetEntry {
  readonly topic: string;
  readonly partition: number;
  readonly offset: FileOffset;
  /** Leader epoch of the record before `offset`, as committed with it (KIP-320). */
  readonly leaderEpoch?: number;
  /** Id of the topic the offset belongs to: a recreated topic has another. */
  readonly topicId?: string;
  /** The text that a consumer committed beside the offset. */
  readonly metadata?: string;
  /**
   * Milliseconds since the epoch of the first record at or behind `offset`; with `atEnd`, of the last one before it. `unknown`
   * (null in JSON): it was looked for, and there was none to go by.
   */
  readonly timestamp?: bigint | 'unknown';
  /** No record stood behind `offset` when it was taken. */
  readonly atEnd?: true;
}

/** A commit below zero, which some clients write and no consumer goes on from. */
export interface BelowZero {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** The partitions of one group, or of none (a cut through topics). */
export interface OffsetGroup {
  readonly group?: string;
  readonly partitions: readonly OffsetEntry[];
  /** Kept apart, because in a delete-records file -1 stands for the high watermark; Kafka's tools pass over them. */
  readonly belowZero?: readonly BelowZero[];
}

/** What an offset file says; the same shape for JSON and for Kafka's CSV exports. */
export interface OffsetFile {
  readonly clusterId?: string;
  /** When the offsets were read, ISO 8601. */
  readonly takenAt?: string;
  /** What the offsets are: `committed`, `earliest`, `latest`, `timestamp`, ... */
  readonly source?: string;
  readonly groups: readonly OffsetGroup[];
}

/** One thing wrong with an offset file. */
export interface OffsetFileProblem {
  /** Where: a JSON path such as `partitions[3].offset`, or `line 4`; empty for the file as a whole. */
  readonly at: string;
  readonly message: string;
}

/** A file that was read in full, or everything that is wrong with it. */
export type ParsedOffsetFile = { readonly file: OffsetFile } | { readonly problems: readonly OffsetFileProblem[] };
