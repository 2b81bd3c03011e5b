import { CreatePartitions } from '../protocol/messages/create-partitions.js';
import { CreateTopics } from '../protocol/messages/create-topics.js';
import { DeleteTopics } from '../protocol/messages/delete-topics.js';
import { zeroUuid } from '../protocol/primitives.js';
import { brokerError, type BrokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';

/** A topic to create. Left out: the broker's own default. */
export interface NewTopic {
  readonly name: string;
  readonly partitions?: number | undefined;
  readonly replicationFactor?: number | undefined;
  /** Replicas of each partition by node id, the first preferred as leader; instead of the two numbers. */
  readonly assignment?: readonly (readonly number[])[] | undefined;
  readonly configs?: Readonly<Record<string, string>> | undefined;
}

/** What became of one topic of a request. */
export interface TopicResult {
  readonly name: string;
  readonly error: BrokerError | undefined;
}

/** What became of one topic to create; the numbers are what the broker settled on, where it says so. */
export interface CreatedTopic extends TopicResult {
  readonly id: string | undefined;
  readonly partitions: number | undefined;
  readonly replicationFactor: number | undefined;
}

export interface ChangeOptions extends Limits {
  /** Lets the broker check the change without making it. */
  readonly validateOnly?: boolean;
}

/**
 * Milliseconds the controller may wait for the brokers to take up a change. Below `request.timeout.ms`, so that the answer
 * "not done in time" arrives before we give up on it.
 */
const brokerTimeoutMs = 25_000;

/**
 * Creates topics; each succeeds or fails on its own.
 *
 * @throws CliError `connection` or `timeout` with "not known" when the answer was lost: the topics may exist
 */
export async function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  { validateOnly = false, ...limits }: ChangeOptions = {},
): Promise<readonly CreatedTopic[]> {
  const body = { topics: topics.map(creatable), timeoutMs: brokerTimeout(limits), validateOnly };
  const response = await cluster.request(CreateTopics, body, limits);
  return response.topics.map((topic) => ({
    name: topic.name,
    error: errorOf(topic, `cannot create topic '${topic.name}'`),
    id: topic.topicId === zeroUuid ? undefined : topic.topicId,
    partitions: topic.numPartitions < 0 ? undefined : topic.numPartitions,
    replicationFactor: topic.replicationFactor < 0 ? undefined : topic.replicationFactor,
  }));
}

function creatable({ name, partitions = -1, replicationFactor = -1, assignment, configs = {} }: NewTopic): {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  assignments: { partitionIndex: number; brokerIds: readonly number[] }[];
  configs: { name: string; value: string }[];
} {
  return {
    name,
    // The protocol wants both numbers unset where the assignment says it all.
    numPartitions: assignment === undefined ? partitions : -1,
    replicationFactor: assignment === undefined ? replicationFactor : -1,
    assignments: (assignment ?? []).map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds })),
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  };
}

/** A topic to give more partitions. */
export interface PartitionIncrease {
  readonly name: string;
  /** The new total. */
  readonly count: number;
  /** Replicas of each added partition by node id. */
  readonly assignment?: readonly (readonly number[])[] | undefined;
}

/**
 * Raises the number of partitions; each topic succeeds or fails on its own.
 *
 * @throws CliError `connection` or `timeout` with "not known" when the answer was lost
 */
export async function createPartitions(
  cluster: Cluster,
  increases: readonly PartitionIncrease[],
  { validateOnly = false, ...limits }: ChangeOptions = {},
): Promise<readonly TopicResult[]> {
  const topics = increases.map(({ name, count, assignment }) => ({
    name,
    count,
    assignments: assignment === undefined ? null : assignment.map((brokerIds) => ({ brokerIds })),
  }));
  const body = { topics, timeoutMs: brokerTimeout(limits), validateOnly };
  const { results } = await cluster.request(CreatePartitions, body, limits);
  return results.map((result) => ({
    name: result.name,
    error: errorOf(result, `cannot add partitions to topic '${result.name}'`),
  }));
}

/**
 * Deletes topics by name; each succeeds or fails on its own.
 *
 * @throws CliError `connection` or `timeout` with "not known" when the answer was lost: asking again could delete a topic that
 * somebody recreated in between
 */
export async function deleteTopics(
  cluster: Cluster,
  names: readonly string[],
  limits: Limits = {},
): Promise<readonly TopicResult[]> {
  const body = { topics: names.map((name) => ({ name })), timeoutMs: brokerTimeout(limits) };
  const { responses } = await cluster.request(DeleteTopics, body, limits);
  return responses.map((result) => {
    const name = result.name ?? '';
    return { name, error: errorOf(result, `cannot delete topic '${name}'`) };
  });
}

function errorOf(
  { errorCode, errorMessage }: { errorCode: number; errorMessage: string | null },
  what: string,
): BrokerError | undefined {
  return errorCode === 0 ? undefined : brokerError(errorCode, errorMessage, what);
}

function brokerTimeout({ timeoutMs = brokerTimeoutMs }: Limits): number {
  return Math.min(Math.ceil(timeoutMs), brokerTimeoutMs);
}
