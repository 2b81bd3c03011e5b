import { CliError } from '../../core/errors.js';
import { errorCode, kafkaError } from '../../protocol/errors.js';
import { DescribeConfigs } from '../../protocol/messages/describe-configs.js';
import { sleep } from '../../timers/timers.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import type { TopicMetadata } from '../topic-metadata.js';
import { createTopics } from '../topics.js';

export interface LoadTopicLimits {
  readonly timeoutMs: number;
  /** Pause between looks at a topic that is being created or has no partitions yet. */
  readonly pauseMs: number;
  readonly createTopics: boolean;
}

const topicResource = 2;
const unknownTopic = errorCode.UNKNOWN_TOPIC_OR_PARTITION;

/**
 * Looks a topic up before records go to it; waits while it is being created. With `createTopics` one that is missing is created
 * with the brokers' own counts, whether or not they create topics by themselves.
 *
 * @throws CliError `not-found`, `authorization`, `broker` with the broker's reason, and those of the cluster
 */
export async function loadTopic(cluster: Cluster, name: string, limits: LoadTopicLimits): Promise<TopicMetadata> {
  const { timeoutMs, pauseMs } = limits;
  const deadline = performance.now() + timeoutMs;
  let isCreated = false;
  for (;;) {
    const topic = (await cluster.direct.topics([name], { refresh: true, timeoutMs })).get(name);
    const code = topic?.errorCode ?? unknownTopic;
    if (code === 0 && topic !== undefined && topic.partitions.length > 0) return topic;
    if (code === unknownTopic && limits.createTopics && !isCreated) {
      await createMissing(cluster, name, timeoutMs);
      isCreated = true;
    }
    const isPassing = kafkaError(code).retriable && (code !== unknownTopic || isCreated);
    if (!isPassing || performance.now() >= deadline) throw brokerError(code, null, `cannot produce to topic '${name}'`);
    await sleep(Math.min(pauseMs, deadline - performance.now()));
  }
}

/** Somebody else may create it at the same time. */
async function createMissing(cluster: Cluster, name: string, timeoutMs: number): Promise<void> {
  const [created] = await createTopics(cluster, [{ name }], { timeoutMs });
  if (created?.error !== undefined && created.error.kafkaCode !== errorCode.TOPIC_ALREADY_EXISTS) throw created.error;
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
