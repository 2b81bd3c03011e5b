import { CliError } from '../../core/errors.js';
import { kafkaError } from '../../protocol/errors.js';
import { DescribeConfigs } from '../../protocol/messages/describe-configs.js';
import { Metadata } from '../../protocol/messages/metadata.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import type { TopicMetadata } from '../topic-metadata.js';

export interface LoadTopicLimits {
  readonly timeoutMs: number;
  /** Pause between looks at a topic that is being created or has no partitions yet. */
  readonly pauseMs: number;
  readonly createTopics: boolean;
}

const topicResource = 2;

/**
 * Looks a topic up before records go to it; waits while it is being created.
 *
 * @throws CliError `not-found`, `authorization`, `broker` with the broker's reason, and those of the cluster
 */
export async function loadTopic(cluster: Cluster, name: string, limits: LoadTopicLimits): Promise<TopicMetadata> {
  const deadline = performance.now() + limits.timeoutMs;
  if (limits.createTopics) {
    const body = { topics: [{ name }], allowAutoTopicCreation: true, includeTopicAuthorizedOperations: false };
    await cluster.request(Metadata, body, { timeoutMs: limits.timeoutMs });
  }
  for (;;) {
    const topic = (await cluster.direct.topics([name], { refresh: true, timeoutMs: limits.timeoutMs })).get(name);
    const code = topic?.errorCode ?? 3;
    if (code === 0 && topic !== undefined && topic.partitions.length > 0) return topic;
    const isPassing = kafkaError(code).retriable && (code !== 3 || limits.createTopics);
    if (!isPassing || performance.now() >= deadline) throw brokerError(code, null, `cannot produce to topic '${name}'`);
    await new Promise((resolve) => setTimeout(resolve, limits.pauseMs));
  }
}

/** The largest batch that the topic takes, in bytes; undefined where configs may not be read. */
export async function loadMaxMessageBytes(cluster: Cluster, name: string, timeoutMs: number): Promise<number | undefined> {
  const key = 'max.message.bytes';
  const body = { resources: [{ resourceType: topicResource, resourceName: name, configurationKeys: [key] }] };
  try {
    const answer = await cluster.request(DescribeConfigs, body, { timeoutMs });
    const value = Number(answer.results[0]?.configs.find((config) => config.name === key)?.value ?? NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  } catch (error) {
    // Only a courtesy: without it the broker says what is too large. Interrupts must still be heard.
    if (error instanceof CliError && error.code !== 'aborted') return undefined;
    throw error;
  }
}
