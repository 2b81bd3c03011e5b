import { KeyPartitioner, byCrc32, byMurmur2 } from './key-partitioner.js';
import { RandomPartitioner, RoundRobinPartitioner, StickyPartitioner } from './keyless-partitioners.js';
import type { Partitioner, PartitionerTools } from './partitioner.js';

/** The partitioners by name; those with a counterpart in librdkafka have its name. */
export const PARTITIONER_NAMES = [
  /** Java's default: murmur2 of the key, sticky without one. */
  'murmur2',
  /** Java's hash; any partition for each record without a key, librdkafka's `murmur2_random`. */
  'murmur2-random',
  /** CRC-32 of the key; no key counts as an empty one. */
  'consistent',
  /** CRC-32 of the key; any partition for records whose key is empty or missing. librdkafka's default. */
  'consistent-random',
  'random',
  'round-robin',
  /** Sticky for all records, keys or not: Java's `partitioner.ignore.keys`. */
  'sticky',
] as const;

export type PartitionerName = (typeof PARTITIONER_NAMES)[number];

/** Makes the partitioner of one topic. */
export function createPartitioner(name: PartitionerName, tools: PartitionerTools): Partitioner {
  switch (name) {
    case 'murmur2':
      return new KeyPartitioner({ byKey: byMurmur2, keyless: new StickyPartitioner(tools) });
    case 'murmur2-random':
      return new KeyPartitioner({ byKey: byMurmur2, keyless: new RandomPartitioner(tools) });
    case 'consistent':
      return new KeyPartitioner({ byKey: byCrc32(tools.crc32) });
    case 'consistent-random':
      return new KeyPartitioner({ byKey: byCrc32(tools.crc32), keyless: new RandomPartitioner(tools), emptyIsKeyless: true });
    case 'random':
      return new RandomPartitioner(tools);
    case 'round-robin':
      return new RoundRobinPartitioner();
    case 'sticky':
      return new StickyPartitioner(tools);
  }
}
