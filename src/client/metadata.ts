import { Metadata } from '../protocol/messages/metadata.js';
import type { Cluster, Limits } from './cluster.js';
import { type TopicMetadata, topicsOf } from './topic-metadata.js';

const request = { allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };

/** All topics of the cluster with their partitions, sorted by name; internal topics included. */
export async function listTopics(cluster: Cluster, limits: Limits = {}): Promise<readonly TopicMetadata[]> {
  return topicsOf(await cluster.request(Metadata, { ...request, topics: null }, limits));
}

/**
 * The named topics with their partitions, sorted by name. One that does not exist, or must not be seen, is in the answer with
 * its `errorCode`; so is a partition without a leader. Never creates a topic.
 */
export async function describeTopics(
  cluster: Cluster,
  names: readonly string[],
  limits: Limits = {},
): Promise<readonly TopicMetadata[]> {
  // No names would mean "no topics" to the broker as well, but needs no question.
  if (names.length === 0) return [];
  const topics = [...new Set(names)].map((name) => ({ name }));
  return topicsOf(await cluster.request(Metadata, { ...request, topics }, limits));
}
