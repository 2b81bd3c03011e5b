import type { BrokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { describeConfigs } from '../../client/configs.js';
import { listTopics } from '../../client/metadata.js';
import { awaitTopics } from '../../client/queries/await-topics.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { createTopics as sendCreateTopics } from '../../client/topics.js';
import { CliError } from '../../core/errors.js';
import type { ConfigChange } from '../../core/topics/config-changes.js';
import { describeDifferences } from '../../core/topics/describe-differences.js';
import { statusAfter } from '../../core/lost-answer.js';
import { misspeltConfigHint } from '../../core/topics/misspelt-config.js';
import type { ReplicaAssignment } from '../../core/topics/replica-assignment.js';
import { topicConfigNames } from '../../core/topics/topic-config-names.js';
import { findCollisions, topicNameProblem } from '../../core/topics/topic-name.js';
import type { Context } from '../context.js';

/** The topics to create; all get the same settings. */
export interface CreateTopicsInput {
  readonly names: readonly string[];
  /** Undefined: the broker's `num.partitions`, or as many as the assignment has. */
  readonly partitions: number | undefined;
  /** Undefined: the broker's `default.replication.factor`, or as the assignment says. */
  readonly replicationFactor: number | undefined;
  readonly assignment: ReplicaAssignment | undefined;
  readonly configs: readonly ConfigChange[];
  readonly ifNotExists: boolean;
  /** The broker checks everything and creates nothing. */
  readonly dryRun: boolean;
}

/** What became of one topic; `unknown`: the request was sent, and no answer came. */
export interface CreatedTopic {
  readonly name: string;
  readonly status: 'created' | 'valid' | 'exists' | 'failed' | 'unknown';
  readonly id: string | undefined;
  readonly partitionCount: number | undefined;
  readonly replicationFactor: number | undefined;
  readonly error: CliError | undefined;
}

/**
 * Creates topics, each for itself: one that fails does not keep the others from being created.
 *
 * @throws CliError `usage` naming every illegal name, before anything is sent
 */
export async function createTopics(ctx: Context, input: CreateTopicsInput): Promise<CreatedTopic[]> {
  const names = [...new Set(input.names)];
  const problems = names.flatMap((name) => topicNameProblem(name) ?? []);
  if (problems.length > 0) throw new CliError('usage', problems.join('\n'));
  ctx.progress(`creating ${names.length === 1 ? 'a topic' : `${names.length} topics`}`);
  const cluster = await ctx.connect();
  const topics = await listTopics(cluster);
  const existing = topics.map((topic) => topic.name);
  for (const { name, other } of findCollisions(names, existing)) {
    ctx.warn(`topic names '${name}' and '${other}' differ only in '.' and '_', which Kafka's metrics cannot tell apart`);
  }
  if (input.ifNotExists) {
    await warnOfOthers(
      ctx,
      cluster,
      topics.filter(({ name }) => names.includes(name)),
      input,
    );
  }
  const wanted = input.ifNotExists ? names.filter((name) => !existing.includes(name)) : names;
  const results = wanted.length === 0 ? [] : await send(cluster, wanted, input);
  await settle(ctx, cluster, results);
  const byName = new Map(results.map((result) => [result.name, result]));
  return names.map((name) => byName.get(name) ?? { ...nothingKnown, name, status: 'exists' });
}

/** A topic that is there is left as it is, which may not be what was asked for. */
async function warnOfOthers(
  ctx: Context,
  cluster: Cluster,
  topics: readonly TopicMetadata[],
  input: CreateTopicsInput,
): Promise<void> {
  const resources = input.configs.length === 0 ? [] : topics.map(({ name }) => ({ type: 'topic', name }) as const);
  const described = await describeConfigs(cluster, resources, { names: input.configs.map(({ name }) => name) });
  const configs = new Map(
    described
      .filter(({ error }) => error === undefined)
      .map(({ name, entries }) => [name, new Map(entries.map((entry) => [entry.name, entry.value]))]),
  );
  for (const { name, partitions } of topics) {
    const shape = { replicas: partitions.map(({ replicas }) => replicas), configs: configs.get(name) };
    const differences = describeDifferences(shape, input);
    if (differences.length > 0) ctx.warn(`topic '${name}' exists and is left as it is, with ${differences.join(', ')}`);
  }
}

// A topic that takes longer has been created all the same.
const settleMs = 5000;

/** Returns when the next command can use the topics, as far as that can be waited for. */
async function settle(ctx: Context, cluster: Cluster, results: readonly CreatedTopic[]): Promise<void> {
  const created = results.filter(({ status }) => status === 'created').map(({ name }) => name);
  try {
    await awaitTopics(cluster, created, { timeoutMs: settleMs, signal: ctx.signal });
  } catch (error) {
    // The topics are there; what keeps us from seeing them is for the next command to tell.
    if (!(error instanceof CliError)) throw error;
  }
}

const nothingKnown = { id: undefined, partitionCount: undefined, replicationFactor: undefined, error: undefined };

async function send(cluster: Cluster, names: readonly string[], input: CreateTopicsInput): Promise<CreatedTopic[]> {
  const { partitions, replicationFactor, assignment, configs, ifNotExists, dryRun } = input;
  // parseConfigChanges() gives creation only settings with a value.
  const settings = Object.fromEntries(configs.map(({ name, value }) => [name, value ?? '']));
  const topics = names.map((name) => ({ name, partitions, replicationFactor, assignment, configs: settings }));
  let results: Awaited<ReturnType<typeof sendCreateTopics>>;
  try {
    results = await sendCreateTopics(cluster, topics, { validateOnly: dryRun });
  } catch (error) {
    if (dryRun || !(error instanceof CliError)) throw error;
    return names.map((name) => ({ ...nothingKnown, name, status: statusAfter(error), error }));
  }
  return results.map(({ name, id, partitions: partitionCount, replicationFactor: replicas, error }) => {
    if (error === undefined) {
      return { name, status: dryRun ? 'valid' : 'created', id, partitionCount, replicationFactor: replicas, error };
    }
    // Somebody else created it since the topics were read.
    const isThere = ifNotExists && error.kafkaName === 'TOPIC_ALREADY_EXISTS';
    return isThere
      ? { ...nothingKnown, name, status: 'exists' }
      : { ...nothingKnown, name, status: 'failed', error: explain(error, configs) };
  });
}

function explain(error: BrokerError, configs: readonly ConfigChange[]): BrokerError {
  if (error.kafkaName !== 'INVALID_CONFIG') return error;
  const names = configs.map(({ name }) => name);
  const hint = misspeltConfigHint(names, topicConfigNames);
  return hint === undefined ? error : error.withHint(hint);
}
