import { listOffsets } from '../../src/client/offsets.js';
import { DescribeQuorum } from '../../src/protocol/messages/describe-quorum.js';
import type { World } from './world.js';

/** Node ids of a partition's leader and of all its replicas. */
export async function describePartition(
  world: World,
  topic: string,
  partition: number,
): Promise<{ readonly leader: number; readonly replicas: readonly number[] }> {
  const topics = await world.admin.direct.topics([topic], { refresh: true });
  const { leader, replicas = [] } = topics.get(topic)?.partitions.find((one) => one.partition === partition) ?? {};
  if (leader === undefined) throw new Error(`partition ${topic}-${partition} has no leader`);
  return { leader, replicas };
}

/** Node id of the active controller. */
export async function describeQuorumLeader(world: World): Promise<number> {
  const topics = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
  const answer = await world.admin.request(DescribeQuorum, { topics });
  const leader = answer.topics[0]?.partitions[0]?.leaderId;
  if (leader === undefined) throw new Error('the cluster names no active controller');
  return leader;
}

/** Node id of a group's coordinator. */
export function groupCoordinator(world: World, group: string): Promise<number> {
  return world.admin.direct.coordinator('group', group, { refresh: true });
}

/** Offsets in use in all partitions of a topic together: its records, where nobody writes transactions. */
export async function countOffsets(world: World, topic: string): Promise<number> {
  const partitions = (await world.admin.direct.topics([topic], { refresh: true })).get(topic)?.partitions ?? [];
  const questions = partitions.map(({ partition }) => ({ topic, partition, at: { kind: 'latest' as const } }));
  const ends = await listOffsets(world.admin, questions);
  return ends.reduce((total, { offset = 0n }) => total + Number(offset), 0);
}
