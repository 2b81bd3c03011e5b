import { describeConfigs, type ConfigEntry, type ResourceConfigs } from '../../client/configs.js';
import type { BrokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import {
  readEligibleReplicas,
  type EligibleReplicas,
  type EligibleReplicasOptions,
} from '../../client/queries/eligible-replicas.js';
import { requireTopics, type TopicQuery } from '../../client/queries/find-topics.js';
import { listReassignmentsIfAllowed } from '../../client/queries/reassignments.js';
import type { PartitionMetadata, TopicMetadata } from '../../client/topic-metadata.js';
import { computeLeaderBalance, type LeaderBalance } from '../../core/topics/leader-balance.js';
import { matchesFilter, replicationFactor, type PartitionFilter } from '../../core/topics/partition-health.js';
import type { Context } from '../context.js';

/** Which topics to describe, and what of them. */
export interface DescribeTopicsInput extends TopicQuery {
  /** Only partitions that match one of these; none means all partitions. */
  readonly filters: readonly PartitionFilter[];
  /** Only topics that override a setting. */
  readonly withOverrides: boolean;
  /** How eligible replicas are asked for; `skip` leaves them out. */
  readonly eligible?: Pick<EligibleReplicasOptions, 'pageSize'> | 'skip' | undefined;
}

/** One partition, with what several questions to the cluster say about it. */
export interface DescribedPartition extends PartitionMetadata {
  /** Undefined where the brokers do not tell (before 3.8, or with the feature off), or were not asked. */
  readonly eligible: EligibleReplicas | undefined;
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export interface DescribedTopic {
  readonly name: string;
  readonly id: string | undefined;
  readonly internal: boolean;
  /** All partitions, whatever the filter leaves. */
  readonly partitionCount: number;
  /** Replicas of the lowest partition, without those that a reassignment is adding. */
  readonly replicationFactor: number;
  readonly partitions: readonly DescribedPartition[];
  /** Every setting, sorted by name; undefined where they could not be read. */
  readonly configs: readonly ConfigEntry[] | undefined;
  /** Why the settings could not be read. */
  readonly configsError: BrokerError | undefined;
}

export interface DescribeTopicsResult {
  /** Sorted by name. */
  readonly topics: readonly DescribedTopic[];
  /** Over all partitions of the selected topics, whatever the filter leaves. */
  readonly balance: LeaderBalance;
  /** Whether the cluster told which partitions are moving; it tells nobody without the right to see it. */
  readonly areMovesKnown: boolean;
  /** Topics that a filter could not judge, because their settings could not be read. */
  readonly undecided: readonly string[];
}

/**
 * Describes topics. Leaderless partitions and missing rights to read settings are data, not failures.
 *
 * @throws CliError `not-found` naming every word that picks nothing
 */
export async function describeTopics(ctx: Context, input: DescribeTopicsInput): Promise<DescribeTopicsResult> {
  ctx.progress('reading topics');
  const cluster = await ctx.connect();
  const selected = await requireTopics(cluster, input);
  const names = selected.map(({ name }) => name);
  const [brokers, configs, eligible, moves] = await Promise.all([
    cluster.brokers(),
    readConfigs(ctx, cluster, names),
    input.eligible === 'skip' ? undefined : readEligibleReplicas(cluster, names, input.eligible),
    listReassignmentsIfAllowed(cluster),
  ]);
  const moving = new Map((moves ?? []).map((move) => [`${move.topic} ${move.partition}`, move]));
  const topics = selected.map((topic) => {
    const partitions = topic.partitions.map((partition) => {
      const move = moving.get(`${topic.name} ${partition.partition}`);
      const ofTopic = eligible?.get(topic.name)?.get(partition.partition);
      return { ...partition, eligible: ofTopic, addingReplicas: move?.adding ?? [], removingReplicas: move?.removing ?? [] };
    });
    return describe(topic, partitions, configs.get(topic.name));
  });
  const liveBrokers = new Set(brokers.map(({ id }) => id));
  const balance = computeLeaderBalance(
    topics.flatMap(({ partitions }) => partitions),
    liveBrokers,
  );
  return {
    topics: narrow(topics, input, liveBrokers),
    balance,
    areMovesKnown: moves !== undefined,
    undecided: needsSettings(input) ? topics.filter((topic) => topic.configs === undefined).map(({ name }) => name) : [],
  };
}

async function readConfigs(
  ctx: Context,
  cluster: Cluster,
  names: readonly string[],
): Promise<ReadonlyMap<string, ResourceConfigs>> {
  const resources = names.map((name) => ({ type: 'topic', name }) as const);
  const described = await describeConfigs(cluster, resources);
  for (const { error } of described) if (error !== undefined) ctx.warn(error.message);
  return new Map(described.map((answer) => [answer.name, answer]));
}

function describe(
  { name, id, internal }: TopicMetadata,
  partitions: readonly DescribedPartition[],
  configs: ResourceConfigs | undefined,
): DescribedTopic {
  const [lowest] = partitions;
  return {
    name,
    id,
    internal,
    partitionCount: partitions.length,
    replicationFactor: lowest === undefined ? 0 : replicationFactor(lowest),
    partitions,
    configs: configs?.error === undefined ? configs?.entries : undefined,
    configsError: configs?.error,
  };
}

function needsSettings({ filters, withOverrides }: DescribeTopicsInput): boolean {
  return withOverrides || filters.includes('underMinIsr') || filters.includes('atMinIsr');
}

/** What the filters leave: topics without a matching partition are left out. */
function narrow(
  topics: readonly DescribedTopic[],
  { filters, withOverrides }: DescribeTopicsInput,
  liveBrokers: ReadonlySet<number>,
): DescribedTopic[] {
  if (withOverrides) return topics.filter(({ configs = [] }) => configs.some(({ source }) => source === 'topic'));
  if (filters.length === 0) return [...topics];
  return topics
    .map((topic) => {
      const health = { liveBrokers, minIsr: minIsrOf(topic) };
      const matching = topic.partitions.filter((partition) => filters.some((filter) => matchesFilter(partition, filter, health)));
      return { ...topic, partitions: matching };
    })
    .filter(({ partitions }) => partitions.length > 0);
}

function minIsrOf({ configs }: DescribedTopic): number | undefined {
  const value = configs?.find(({ name }) => name === 'min.insync.replicas')?.value;
  return value === null || value === undefined ? undefined : Number(value);
}
