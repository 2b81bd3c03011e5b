import type { ConfigEntry } from '../../client/configs.js';
import type { DescribedPartition, DescribedTopic } from '../../operations/topics/describe.js';
import { javaHashOrder } from '../java/hash-order.js';
import { topicConfigOrder } from './topic-configs.js';

/** What a topic has beyond Kafka's built-in settings: brokers' own values count as well. */
export function nonDefaultConfigs(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  return entries.filter(({ source }) => source !== 'default');
}

// The size of the table that Kafka's client puts the settings of one topic into.
const configTableSize = 64;

/** The line of a topic; ends in a newline. */
export function formatTopicLine(topic: DescribedTopic): string {
  const entries = topic.configs ?? [];
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const told = [...topicConfigOrder.filter((name) => byName.has(name)), ...byName.keys()];
  const order = javaHashOrder(told, configTableSize).flatMap((name) => byName.get(name) ?? []);
  const configs = nonDefaultConfigs(order).map(({ name, value }) => `${name}=${value}`);
  const fields = [
    `Topic: ${topic.name}`,
    ...(topic.id === undefined ? [] : [`TopicId: ${topic.id}`]),
    `PartitionCount: ${topic.partitionCount}`,
    `ReplicationFactor: ${topic.replicationFactor}`,
    `Configs: ${configs.join(',')}`,
  ];
  return `${fields.join('\t')}\n`;
}

/** The line of a partition; starts with a tab and ends in a newline. */
export function formatPartitionLine(topic: string, partition: DescribedPartition): string {
  const { addingReplicas, removingReplicas, eligible } = partition;
  const isMoving = addingReplicas.length > 0 || removingReplicas.length > 0;
  const fields = [
    `Topic: ${topic}`,
    `Partition: ${partition.partition}`,
    `Leader: ${partition.leader ?? 'none'}`,
    `Replicas: ${partition.replicas.join(',')}`,
    `Isr: ${partition.isr.join(',')}`,
    ...(isMoving ? [`Adding Replicas: ${addingReplicas.join(',')}`, `Removing Replicas: ${removingReplicas.join(',')}`] : []),
    `Elr: ${eligible?.elr.join(',') ?? 'N/A'}`,
    `LastKnownElr: ${eligible?.lastKnownElr.join(',') ?? 'N/A'}`,
  ];
  return `\t${fields.join('\t')}\n`;
}
