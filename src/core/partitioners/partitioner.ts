import type { RecordRange } from '../record-formats/record-range.js';

/** The partitions of a topic to choose from. A new object each time they change. */
export interface PartitionChoice {
  readonly count: number;
  /** Those that have a leader, in order. */
  readonly available: readonly number[];
}

/** Records without a key that stay together. */
export interface PartitionStretch {
  readonly partition: number;
  /** Bytes of keys and values; the record that reaches it is the last. */
  readonly bytes: number;
}

/** Chooses the partition of a record that names none. One for each topic, since some remember where they were. */
export interface Partitioner {
  /** A partition from 0 to `among.count - 1`. Keys go where their hash says; records without one avoid partitions without a leader. */
  choose(record: RecordRange, among: PartitionChoice): number;
  /**
   * Where the next records without a key go, for producers that take many at a time: until so many bytes of them are used,
   * `choose` would say this partition. Undefined when it must be asked.
   */
  stretch?(among: PartitionChoice): PartitionStretch | undefined;
  /** So many bytes of the stretch were used. */
  useStretch?(bytes: number): void;
  /**
   * The batch being filled for `partition` takes no more records. A producer that tells so asks `choose` again for the record that
   * did not fit, so that no batch is started for the partition just to be left (KIP-480).
   */
  batchFull?(partition: number): void;
}

/** What partitioners need from outside; `core` itself knows no chance and no checksums. */
export interface PartitionerTools {
  /** A number from 0 to below 1. */
  readonly random: () => number;
  /** CRC-32 (the plain one of gzip) of the bytes, as an unsigned number. */
  readonly crc32: (bytes: Uint8Array) => number;
  /** Bytes of records after which sticky moves on to another partition. Default 16 KiB, Java's `batch.size`. */
  readonly stickyBytes?: number | undefined;
}
