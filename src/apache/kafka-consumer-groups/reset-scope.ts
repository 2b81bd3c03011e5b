import type { TopicPartition } from '../../protocol/message.js';
import { javaHashOrder, partitionHashOrder } from '../java/hash-order.js';
import { JavaError } from '../java/java-error.js';
import { callFailure } from './call-failure.js';
import { illegalArgument, type GroupsRun } from './groups-run.js';
import { readCommits } from './read-commits.js';
import { describeAll, exists, hasLeader, readTopics, type Topics } from './read-topics.js';
import { parseTopicArguments } from './topic-partitions.js';

/**
 * The partitions that a reset of a group is about, each as often as it was named; none where a file says it all.
 *
 * @throws UsageError where nothing says it; JavaError for a topic that does not exist
 */
export async function readScope(run: GroupsRun, groupId: string): Promise<readonly TopicPartition[]> {
  const { options } = run;
  if (options.has('all-topics')) return partitionHashOrder((await readCommits(run, [groupId])).get(groupId) ?? []);
  if (options.has('topic')) {
    const { topics, partitions } = parseTopicArguments(run, options.values('topic'));
    const described = await describeWhole(run, topics);
    const whole = javaHashOrder(topics).flatMap((topic) =>
      (described.get(topic)?.partitions ?? []).map(({ partition }) => ({ topic, partition })),
    );
    return [...partitions, ...whole];
  }
  if (options.has('from-file')) return [];
  throw illegalArgument(run, 'One of the reset scopes should be defined: --all-topics, --topic.');
}

async function describeWhole(run: GroupsRun, topics: readonly string[]): Promise<Topics> {
  if (topics.includes('')) {
    const text = "The given topic name '' cannot be represented in a request.";
    throw new JavaError('org.apache.kafka.common.errors.InvalidTopicException', text);
  }
  try {
    return await describeAll(run, topics);
  } catch (error) {
    throw callFailure(error, 'describeTopicPartitions');
  }
}

/** @throws JavaError naming every partition that is not there, or else every one that has no leader */
export async function checkPartitions(run: GroupsRun, partitions: readonly TopicPartition[]): Promise<void> {
  const topics = await readTopics(run, partitions);
  const missing = partitions.filter((place) => !exists(topics, place));
  if (missing.length > 0) throw refusal('UnknownTopicOrPartitionException', missing, 'do not exist');
  const leaderless = partitions.filter((place) => !hasLeader(topics, place));
  if (leaderless.length > 0) throw refusal('LeaderNotAvailableException', leaderless, 'have no leader');
}

function refusal(javaClass: string, partitions: readonly TopicPartition[], what: string): JavaError {
  const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(',');
  return new JavaError(`org.apache.kafka.common.errors.${javaClass}`, `The partitions "${names}" ${what}`);
}
