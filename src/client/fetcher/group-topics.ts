import type { PartitionTrack } from './partition-track.js';

/** Partitions by topic, as most requests want them. */
export function groupTopics<P>(
  tracks: Iterable<PartitionTrack>,
  shape: (track: PartitionTrack) => P,
): { readonly name: string; readonly partitions: P[] }[] {
  const topics = new Map<string, P[]>();
  for (const track of tracks) {
    const partitions = topics.get(track.topic);
    if (partitions === undefined) topics.set(track.topic, [shape(track)]);
    else partitions.push(shape(track));
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}
