import { matchesFilter, type PartitionFilter } from '../../core/topics/partition-health.js';
import { describeTopics as readDescriptions, type DescribedTopic } from '../../operations/topics/describe.js';
import { javaHashOrder } from '../java/hash-order.js';
import { illegalArgument } from '../java/illegal-argument.js';
import { parseUuid, zeroId } from '../java/uuid.js';
import type { reportFlags } from './check-topics-options.js';
import type { TopicsCommand } from './command.js';
import { formatPartitionLine, formatTopicLine, nonDefaultConfigs } from './describe-layout.js';
import { readTopics, requireTopic, selectTopics } from './select-topics.js';

const filterOf: Readonly<Record<(typeof reportFlags)[number], PartitionFilter>> = {
  'under-replicated-partitions': 'underReplicated',
  'under-min-isr-partitions': 'underMinIsr',
  'at-min-isr-partitions': 'atMinIsr',
  'unavailable-partitions': 'unavailable',
};

/** `--describe`: a line for each topic and each of its partitions, as far as the filters let them through. */
export async function describeTopics(command: TopicsCommand): Promise<void> {
  const { run, options, context } = command;
  const { names, eligible } = await selectNames(command);
  if (names.length === 0) return;
  const { topics } = await readDescriptions(context, {
    topics: { names, patterns: [] },
    includeInternal: true,
    filters: [],
    withOverrides: false,
    eligible,
  });
  const filters = Object.entries(filterOf).flatMap(([flag, filter]) => (options.has(flag) ? [filter] : []));
  const liveBrokers = new Set((await (await context.connect()).brokers()).map(({ id }) => id));
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  for (const name of describedOrder([...byName.keys()])) {
    const topic = byName.get(name);
    if (topic !== undefined)
      run.out(formatTopic(topic, { filters, liveBrokers, onlyOverrides: options.has('topics-with-overrides') }));
  }
}

/** The names as they leave Kafka's client: through a table of their number, a copy of it, and a table of their number again. */
export function describedOrder(names: readonly string[]): readonly string[] {
  const count = names.length;
  const copied = javaHashOrder(javaHashOrder(names, count), Math.floor(count / 0.75 + 1));
  return javaHashOrder(copied, count);
}

/** Topics to describe. Kafka's client asks for eligible replicas only of topics that are named, not of an id. */
interface Selection {
  readonly names: readonly string[];
  readonly eligible?: 'skip' | { readonly pageSize: number | undefined };
}

async function selectNames(command: TopicsCommand): Promise<Selection> {
  const { options, context } = command;
  const id = options.text('topic-id');
  const wanted = id === undefined ? zeroId : parseUuid(id);
  if (wanted === zeroId) {
    const topics = await selectTopics(command);
    requireTopic(topics, command);
    const names = topics.map(({ name }) => name);
    return names.length === 0 ? { names } : { names, eligible: { pageSize: options.integer('partition-size-limit-per-response') } };
  }
  const topics = await readTopics(await context.connect(), options.has('exclude-internal'));
  const found = topics.filter((topic) => topic.id === wanted);
  if (found.length === 0 && !options.has('if-exists')) throw illegalArgument(`TopicId '${wanted}' does not exist as expected`);
  return { names: found.map(({ name }) => name), eligible: 'skip' };
}

interface Report {
  readonly filters: readonly PartitionFilter[];
  readonly liveBrokers: ReadonlySet<number>;
  readonly onlyOverrides: boolean;
}

function formatTopic(topic: DescribedTopic, { filters, liveBrokers, onlyOverrides }: Report): string {
  if (topic.configs === undefined && topic.configsError !== undefined) throw topic.configsError;
  if (onlyOverrides) return nonDefaultConfigs(topic.configs ?? []).length === 0 ? '' : formatTopicLine(topic);
  if (filters.length === 0) {
    return formatTopicLine(topic) + topic.partitions.map((partition) => formatPartitionLine(topic.name, partition)).join('');
  }
  const minIsr = Number(topic.configs?.find(({ name }) => name === 'min.insync.replicas')?.value);
  return topic.partitions
    .filter((partition) => filters.some((filter) => matchesFilter(partition, filter, { liveBrokers, minIsr })))
    .map((partition) => formatPartitionLine(topic.name, partition))
    .join('');
}
