import type { JobName } from './peers.js';

/** One row of the benchmark: what every peer is asked to do. */
export interface Scenario {
  readonly name: string;
  readonly job: JobName;
  readonly data: { readonly records: number; readonly width: number };
  readonly partitions: number;
  readonly compression: 'none' | 'lz4';
  /** Peers too slow to be worth their minutes here. */
  readonly without?: readonly string[];
  /** Only with `--big`. */
  readonly big?: boolean;
  /** Runs of each peer in a round; short commands need more for a steady median. */
  readonly repeat?: number;
}

const few = { records: 12_000, width: 99 };
const million = { records: 1_000_000, width: 99 };
const kibibytes = { records: 100_000, width: 1024 };
const gigabyte = { records: 1_000_000, width: 1023 };
const plain = { partitions: 1, compression: 'none' } as const;

/** Every comparison, in the order they are run and printed. */
export const scenarios: readonly Scenario[] = [
  { name: 'start-up (--help)', job: 'help', data: million, ...plain, repeat: 5 },
  { name: 'topics list', job: 'listTopics', data: million, ...plain, repeat: 5 },
  { name: 'lag of 60 groups x 12 partitions', job: 'groupLag', data: few, partitions: 12, compression: 'none' },
  { name: 'produce 1M x 99 B', job: 'produce', data: million, ...plain },
  { name: 'produce 1M x 99 B, 6 partitions', job: 'produce', data: million, partitions: 6, compression: 'none' },
  { name: 'produce 1M x 99 B, lz4', job: 'produce', data: million, partitions: 1, compression: 'lz4', without: ['kafkajs'] },
  { name: 'produce 100k x 1 KiB', job: 'produce', data: kibibytes, ...plain },
  { name: 'consume 1M x 99 B', job: 'consume', data: million, ...plain },
  { name: 'consume 1M x 99 B, 6 partitions', job: 'consume', data: million, partitions: 6, compression: 'none' },
  { name: 'consume 1M x 99 B, lz4', job: 'consume', data: million, partitions: 1, compression: 'lz4', without: ['kafkajs'] },
  { name: 'consume 100k x 1 KiB', job: 'consume', data: kibibytes, ...plain },
  { name: 'consume 1M as JSON lines', job: 'consumeJson', data: million, ...plain },
  { name: 'consume 1M with a group', job: 'consumeGroup', data: million, ...plain },
  { name: 'produce 1 GB', job: 'produce', data: gigabyte, ...plain, big: true, without: ['kafkajs', 'kafka-console'] },
  { name: 'consume 1 GB', job: 'consume', data: gigabyte, ...plain, big: true, without: ['kafkajs', 'kafka-console'] },
];
