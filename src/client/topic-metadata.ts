import type { ResponseBody } from '../protocol/message.js';
import type { Metadata } from '../protocol/messages/metadata.js';
import { zeroUuid } from '../protocol/primitives.js';

/** One partition as the cluster's metadata names it. */
export interface PartitionMetadata {
  readonly partition: number;
  readonly errorCode: number;
  /** Node id; undefined while the partition has no leader. */
  readonly leader: number | undefined;
  /** Undefined where the broker does not say (KIP-320). */
  readonly leaderEpoch: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offline: readonly number[];
}

/** One topic as the cluster's metadata names it; partitions are sorted. */
export interface TopicMetadata {
  readonly name: string;
  /** 22 characters; undefined where the broker does not say (KIP-516). */
  readonly id: string | undefined;
  readonly errorCode: number;
  readonly internal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}

type MetadataBody = ResponseBody<typeof Metadata>;

/** The topics of a metadata answer, sorted by name. */
export function topicsOf(body: MetadataBody): TopicMetadata[] {
  return body.topics.map(topicOf).sort((left, right) => compareNames(left.name, right.name));
}

function topicOf(topic: MetadataBody['topics'][number]): TopicMetadata {
  return {
    name: topic.name ?? '',
    id: topic.topicId === zeroUuid ? undefined : topic.topicId,
    errorCode: topic.errorCode,
    internal: topic.isInternal,
    partitions: topic.partitions.map(partitionOf).sort((left, right) => left.partition - right.partition),
  };
}

function partitionOf(partition: MetadataBody['topics'][number]['partitions'][number]): PartitionMetadata {
  return {
    partition: partition.partitionIndex,
    errorCode: partition.errorCode,
    leader: partition.leaderId < 0 ? undefined : partition.leaderId,
    leaderEpoch: partition.leaderEpoch < 0 ? undefined : partition.leaderEpoch,
    replicas: partition.replicaNodes,
    isr: partition.isrNodes,
    offline: partition.offlineReplicas,
  };
}

/** Topic names by code unit: the same order everywhere, whatever the locale. */
function compareNames(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
