import type { RecordRange } from '../record-formats/record-range.js';
import { murmur2, partitionOfHash } from './murmur2.js';
import type { PartitionChoice, Partitioner, PartitionerTools, PartitionStretch } from './partitioner.js';

/** Records with a key by the key's hash, the others by another partitioner. */
export class KeyPartitioner implements Partitioner {
  private readonly byKey: (record: RecordRange, among: PartitionChoice) => number;
  private readonly keyless: Partitioner | undefined;
  private readonly emptyIsKeyless: boolean;

  constructor(options: {
    byKey: (record: RecordRange, among: PartitionChoice) => number;
    /** For records without a key; absent: they are hashed as if their key were empty. */
    keyless?: Partitioner;
    /** Whether an empty key counts as none. */
    emptyIsKeyless?: boolean;
  }) {
    this.byKey = options.byKey;
    this.keyless = options.keyless;
    this.emptyIsKeyless = options.emptyIsKeyless ?? false;
  }

  choose(record: RecordRange, among: PartitionChoice): number {
    const { keyless } = this;
    const isKeyless = record.keyStart < 0 || (this.emptyIsKeyless && record.keyStart === record.keyEnd);
    return keyless !== undefined && isKeyless ? keyless.choose(record, among) : this.byKey(record, among);
  }

  stretch(among: PartitionChoice): PartitionStretch | undefined {
    return this.keyless?.stretch?.(among);
  }

  useStretch(bytes: number): void {
    this.keyless?.useStretch?.(bytes);
  }

  batchFull(partition: number): void {
    this.keyless?.batchFull?.(partition);
  }
}

/** The partition of a record's key as in Kafka's Java client. */
export function byMurmur2({ source, keyStart, keyEnd }: RecordRange, { count }: PartitionChoice): number {
  return partitionOfHash(keyStart < 0 ? murmur2(source, 0, 0) : murmur2(source, keyStart, keyEnd), count);
}

/** The partition of a record's key as in librdkafka. */
export function byCrc32(crc32: PartitionerTools['crc32']): (record: RecordRange, among: PartitionChoice) => number {
  return ({ source, keyStart, keyEnd }, { count }) =>
    crc32(keyStart < 0 ? source.subarray(0, 0) : source.subarray(keyStart, keyEnd)) % count;
}
