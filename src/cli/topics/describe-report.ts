import { table, type Column, type Report, type Table } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import type { ConfigEntry } from '../../client/configs.js';
import type { LeaderBalance } from '../../core/topics/leader-balance.js';
import type { DescribedPartition, DescribedTopic, DescribeTopicsResult } from '../../operations/topics/describe.js';

/** How much of the topics a report shows. */
interface DescribeView {
  /** A partition filter was given: people want the matching partitions and nothing else. */
  readonly partitionsOnly: boolean;
  /** Defaults too. */
  readonly allConfigs: boolean;
}

type PartitionRow = DescribedPartition & { readonly topic: string };
type ConfigRow = ConfigEntry & { readonly topic: string };

/** The report of `topics describe`. */
export function describeReport(result: DescribeTopicsResult, view: DescribeView): Report {
  const { topics, balance, undecided } = result;
  const partitions = topics.flatMap((topic) => topic.partitions.map((partition) => ({ ...partition, topic: topic.name })));
  const partitionTable = tableOfPartitions(partitions, view.partitionsOnly && undecided.length === 0);
  return {
    document: {
      topics: topics.map((topic) => topicDocument(topic, view, result)),
      ...(undecided.length > 0 && { undecided }),
      leaders: balance,
    },
    tables: view.partitionsOnly
      ? [partitionTable]
      : [tableOfTopics(topics, undecided), partitionTable, tableOfConfigs(topics, view)],
    csv: partitionTable,
    names: topics.map(({ name }) => name),
    ...(!view.partitionsOnly && topics.length > 0 && { notes: [balanceLine(balance)] }),
    ...((undecided.length > 0 || topics.some(({ configsError }) => configsError !== undefined)) && { exitCode: exitCodes.failed }),
  };
}

function tableOfTopics(topics: readonly DescribedTopic[], undecided: readonly string[]): Table<never> {
  return table<DescribedTopic>({
    columns: [
      { title: 'TOPIC', value: (row) => row.name },
      { title: 'PARTITIONS', value: (row) => row.partitionCount },
      { title: 'REPLICATION-FACTOR', value: (row) => row.replicationFactor },
      { title: 'TOPIC-ID', value: (row) => row.id },
      { title: 'INTERNAL', value: (row) => row.internal, wide: true },
    ],
    rows: topics,
    ...(undecided.length === 0 && { empty: 'no topic to describe' }),
  });
}

function tableOfPartitions(rows: readonly PartitionRow[], isFiltered: boolean): Table<never> {
  return table<PartitionRow>({
    title: 'PARTITIONS',
    columns: [
      { title: 'TOPIC', value: (row) => row.topic },
      { title: 'PARTITION', value: (row) => row.partition },
      { title: 'LEADER', value: (row) => row.leader ?? 'none', tone: (row) => (row.leader === undefined ? 'bad' : undefined) },
      { title: 'REPLICAS', value: (row) => list(row.replicas) },
      {
        title: 'ISR',
        value: (row) => list(row.isr),
        tone: (row) => (row.isr.length < row.replicas.length ? 'warning' : undefined),
      },
      ...optionalColumns(rows),
      { title: 'OFFLINE', value: (row) => list(row.offline), wide: true },
      { title: 'LEADER-EPOCH', value: (row) => row.leaderEpoch, wide: true },
    ],
    rows,
    ...(isFiltered && { empty: 'no partition is like that' }),
  });
}

/** Columns that only some clusters, or some moments, have something to say in. */
function optionalColumns(rows: readonly PartitionRow[]): Column<PartitionRow>[] {
  const columns: Column<PartitionRow>[] = [];
  if (rows.some(({ eligible }) => eligible !== undefined)) {
    columns.push(
      { title: 'ELR', value: ({ eligible }) => eligible && list(eligible.elr) },
      { title: 'LAST-KNOWN-ELR', value: ({ eligible }) => eligible && list(eligible.lastKnownElr), wide: true },
    );
  }
  if (rows.some(({ addingReplicas, removingReplicas }) => addingReplicas.length + removingReplicas.length > 0)) {
    columns.push(
      { title: 'ADDING', value: (row) => list(row.addingReplicas) },
      { title: 'REMOVING', value: (row) => list(row.removingReplicas) },
    );
  }
  return columns;
}

/** Node ids as Kafka writes them; nothing for none. */
function list(ids: readonly number[]): string | undefined {
  return ids.length === 0 ? undefined : ids.join(',');
}

function tableOfConfigs(topics: readonly DescribedTopic[], view: DescribeView): Table<never> {
  return table<ConfigRow>({
    title: 'SETTINGS',
    columns: [
      { title: 'TOPIC', value: (row) => row.topic },
      { title: 'SETTING', value: (row) => row.name },
      { title: 'VALUE', value: (row) => row.value },
      { title: 'SOURCE', value: (row) => row.source },
    ],
    rows: topics.flatMap((topic) => shownConfigs(topic, view).map((config) => ({ ...config, topic: topic.name }))),
  });
}

function shownConfigs({ configs = [] }: DescribedTopic, { allConfigs }: DescribeView): readonly ConfigEntry[] {
  return allConfigs ? configs : configs.filter(({ source }) => source !== 'default');
}

/** Leaders by broker in one line, and how far that is from what an election of preferred leaders would give. */
function balanceLine({ brokers, leaderless, notPreferred, partitions }: LeaderBalance): string {
  const parts = [`leaders: ${brokers.map(({ broker, leaders }) => `broker ${broker}: ${leaders}`).join(', ')}`];
  if (notPreferred > 0) parts.push(`${notPreferred} of ${partitions} not with their preferred leader`);
  if (leaderless > 0) parts.push(`${leaderless} without a leader`);
  if (notPreferred + leaderless === 0) parts.push('all with their preferred leader');
  return parts.join('; ');
}

function topicDocument(
  topic: DescribedTopic,
  view: DescribeView,
  { areMovesKnown }: DescribeTopicsResult,
): Record<string, unknown> {
  return {
    name: topic.name,
    topicId: topic.id ?? null,
    internal: topic.internal,
    partitionCount: topic.partitionCount,
    replicationFactor: topic.replicationFactor,
    partitions: topic.partitions.map((partition) => partitionDocument(partition, areMovesKnown)),
    configs:
      topic.configs === undefined
        ? null
        : shownConfigs(topic, view).map(({ name, value, source, readOnly, sensitive }) => ({
            name,
            value,
            source,
            readOnly,
            sensitive,
          })),
    ...(topic.configsError !== undefined && { configsError: errorDocument(topic.configsError) }),
  };
}

function partitionDocument(partition: DescribedPartition, areMovesKnown: boolean): Record<string, unknown> {
  return {
    partition: partition.partition,
    leader: partition.leader ?? null,
    leaderEpoch: partition.leaderEpoch ?? null,
    replicas: partition.replicas,
    isr: partition.isr,
    offlineReplicas: partition.offline,
    eligibleLeaderReplicas: partition.eligible?.elr ?? null,
    lastKnownElr: partition.eligible?.lastKnownElr ?? null,
    addingReplicas: areMovesKnown ? partition.addingReplicas : null,
    removingReplicas: areMovesKnown ? partition.removingReplicas : null,
  };
}
