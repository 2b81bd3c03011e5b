import type { Cluster } from '../../client/cluster.js';
import type { OffsetAnswer, OffsetQuestion } from '../../client/offsets.js';
import { findOffsets } from '../../client/queries/find-offsets.js';
import { translationOf } from '../../core/reset/translation.js';
import type { TopicPartition } from '../../protocol/message.js';
import { entriesOf, type Given } from './given-source.js';
import type { ResetSource } from './reset-types.js';

/** The first offset at or after the time that is meant for a partition of a group; undefined where none is. */
export type FoundTimes = (groupId: string, partition: TopicPartition) => OffsetAnswer | undefined;

type Selection = readonly { readonly groupId: string; readonly partitions: readonly TopicPartition[] }[];

/** Looks times up at the leaders: one time for all, or for each commit its own. */
export async function lookUpTimes(
  cluster: Cluster,
  source: ResetSource,
  groups: Selection,
  given: Given | undefined,
): Promise<FoundTimes> {
  const timeOf = timesWanted(source, given);
  const questions = new Map<string, OffsetQuestion>();
  for (const { groupId, partitions } of groups) {
    for (const { topic, partition } of partitions) {
      const ms = timeOf(groupId, { topic, partition });
      if (ms !== undefined) questions.set(keyOf({ topic, partition }, ms), { topic, partition, at: { kind: 'timestamp', ms } });
    }
  }
  if (questions.size === 0) return () => undefined;
  const answers = await findOffsets(cluster, [...questions.values()]);
  const found = new Map([...questions.keys()].map((key, index) => [key, answers[index]]));
  return (groupId, partition) => {
    const ms = timeOf(groupId, partition);
    return ms === undefined ? undefined : found.get(keyOf(partition, ms));
  };
}

function timesWanted(
  source: ResetSource,
  given: Given | undefined,
): (groupId: string, partition: TopicPartition) => bigint | undefined {
  if (source.kind === 'target') {
    const { target } = source;
    return () => (target.kind === 'time' ? BigInt(target.timestamp) : undefined);
  }
  if (source.kind !== 'given' || source.byTime !== true || given === undefined) return () => undefined;
  const entries = source.groups.flatMap(({ groupId }) =>
    entriesOf(given, groupId).map((entry) => [`${groupId} ${entry.topic} ${entry.partition}`, translationOf(entry)] as const),
  );
  const translations = new Map(entries);
  return (groupId, { topic, partition }) => translations.get(`${groupId} ${topic} ${partition}`)?.timestamp;
}

function keyOf({ topic, partition }: TopicPartition, ms: bigint): string {
  return `${topic} ${partition} ${ms}`;
}
