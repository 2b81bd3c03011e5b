import type { TopicMetadata } from '../../client/topic-metadata.js';
import type { TopicPartition } from '../../protocol/message.js';
import { inWrappedFuture } from './call-failure.js';
import type { GroupsRun } from './groups-run.js';

/** Topics by name. */
export type Topics = ReadonlyMap<string, TopicMetadata>;

/**
 * The topics of some partitions.
 *
 * @throws JavaError for the first, by name, that does not exist or must not be seen
 */
export async function readTopics(run: GroupsRun, partitions: readonly TopicPartition[]): Promise<Topics> {
  const names = new Set(partitions.map(({ topic }) => topic));
  return inWrappedFuture('describeTopicPartitions', () => describeAll(run, [...names]));
}

/** Describes topics by name. @throws the first topic's own error */
export async function describeAll(run: GroupsRun, names: readonly string[]): Promise<Topics> {
  const topics = await describeEach(run, names);
  const { brokerError } = await import('../../client/broker-error.js');
  for (const { name, errorCode } of topics.values()) {
    if (errorCode !== 0) throw brokerError(errorCode, undefined, `cannot describe topic '${name}'`);
  }
  return topics;
}

/** Describes topics by name; those with an error are among them. */
export async function describeEach(run: GroupsRun, names: readonly string[]): Promise<Topics> {
  const { describeTopics } = await import('../../client/metadata.js');
  const topics = await describeTopics(await run.connect(), names, run.limits);
  return new Map(topics.map((topic) => [topic.name, topic]));
}

/** Whether a partition is there. */
export function exists(topics: Topics, { topic, partition }: TopicPartition): boolean {
  return topics.get(topic)?.partitions.some((each) => each.partition === partition) === true;
}

/** Whether nothing is known against a partition's having a leader; one that is not there counts as having one. */
export function hasLeader(topics: Topics, { topic, partition }: TopicPartition): boolean {
  const found = topics.get(topic)?.partitions.find((each) => each.partition === partition);
  return found === undefined || found.leader !== undefined;
}
