import type { Cluster } from '../cluster.js';
import { describeTopics } from '../metadata.js';

const offsetsTopic = '__consumer_offsets';

/**
 * Says how many groups may be missing from a listing because no broker holds them now: a group lives in one partition of Kafka's
 * offsets topic, and while that has no leader nobody lists it. Undefined where all have one, or that must not be seen.
 */
export async function lostGroupsNotice(cluster: Cluster): Promise<string | undefined> {
  const [topic] = await describeTopics(cluster, [offsetsTopic]);
  const lost = topic?.partitions.filter(({ leader }) => leader === undefined) ?? [];
  if (topic === undefined || topic.errorCode !== 0 || lost.length === 0) return undefined;
  return `${lost.length} of ${topic.partitions.length} partitions of ${offsetsTopic} have no leader; the groups in them are not listed`;
}
