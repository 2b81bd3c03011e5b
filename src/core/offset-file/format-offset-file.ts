import { compareText } from '../compare-text.js';
import type { OffsetEntry, OffsetFile, OffsetGroup } from './offset-file.js';

type Place = Pick<OffsetEntry, 'topic' | 'partition'>;

/**
 * The JSON document of an offset file, offsets as bigints for an exact serializer. One group (or none) takes the flat form,
 * which Kafka's delete-records tool reads too; several take `groups`. Partitions are sorted by topic and number.
 */
export function formatOffsetFile(file: OffsetFile): Record<string, unknown> {
  const { groups, ...about } = file;
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return { version: 1, ...groupMember(only), ...about, ...formatPlaces(only) };
  const sorted = [...groups].sort((left, right) => compareText(left.group ?? '', right.group ?? ''));
  return { version: 1, ...about, groups: sorted.map((group) => ({ ...groupMember(group), ...formatPlaces(group) })) };
}

function formatPlaces(group: OffsetGroup): Record<string, unknown> {
  const { belowZero = [] } = group;
  return { partitions: formatPartitions(group), ...(belowZero.length > 0 && { belowZero: [...belowZero].sort(comparePlaces) }) };
}

function groupMember(group: OffsetGroup): { group?: string } {
  return group.group === undefined ? {} : { group: group.group };
}

function formatPartitions(group: OffsetGroup): Record<string, unknown>[] {
  return [...group.partitions].sort(comparePlaces).map(({ topic, partition, offset, timestamp, ...optional }) => ({
    topic,
    partition,
    offset: offset === 'high-watermark' ? -1 : offset,
    ...(timestamp !== undefined && { timestamp: timestamp === 'unknown' ? null : timestamp }),
    ...optional,
  }));
}

function comparePlaces(left: Place, right: Place): number {
  return compareText(left.topic, right.topic) || left.partition - right.partition;
}
