import type { RecordRange } from '../record-formats/record-range.js';

/** Chooses the partition of a record that names none. One for each topic, since some remember where they were. */
export interface Partitioner {
  /** A partition from 0 to `partitionCount - 1`. */
  choose(record: RecordRange, partitionCount: number): number;
  /**
   * The batch being filled for `partition` takes no more records. The producer then asks `choose` again for the record that did
   * not fit, so that no batch is started for the partition just to be left (KIP-480).
   */
  batchFull?(partition: number): void;
}

/** What partitioners need from outside; `core` itself knows no chance and no checksums. */
export interface PartitionerTools {
  /** A number from 0 to below 1. */
  readonly random: () => number;
  /** CRC-32 (the plain one of gzip) of the bytes, as an unsigned number. */
  readonly crc32: (bytes: Uint8Array) => number;
  /** Whether a partition has a leader. Records without a key avoid partitions that have none; absent: all have. */
  readonly isAvailable?: ((partition: number) => boolean) | undefined;
}
