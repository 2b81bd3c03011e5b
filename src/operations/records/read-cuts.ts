import { describeCluster } from '../../client/cluster-info.js';
import type { Cluster } from '../../client/cluster.js';
import { describeConfigs } from '../../client/configs.js';
import { describeTopics } from '../../client/metadata.js';
import type { OffsetAnswer, OffsetPlace } from '../../client/offsets.js';
import { findOffsets } from '../../client/queries/find-offsets.js';
import { requirePartitions } from '../../client/queries/find-partitions.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { lowestOffsets } from '../../core/cut/lowest-offsets.js';
import { planCut, type CutInput, type CutRow, type CutTarget } from '../../core/cut/plan-cut.js';
import { CliError } from '../../core/errors.js';
import { foreignHint, useProblems } from '../../core/offset-file/check-use.js';
import { checkTopic } from '../../core/offset-diff/check-offset.js';
import type { FileOffset, OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import type { PartitionSelection } from '../../core/topics/partition-selection.js';
import { errorCode as codes, kafkaError } from '../../protocol/errors.js';
import type { Context } from '../context.js';

/** The offsets of a file; `force` uses them where they are of another cluster, or of a topic created anew since. */
interface FileCut {
  readonly kind: 'file';
  readonly file: OffsetFile;
  readonly force?: boolean;
}

/** Which partitions to cut, and where. */
export interface CutQuery {
  readonly includeInternal: boolean;
  readonly cut:
    | FileCut
    | { readonly kind: 'target'; readonly target: Exclude<CutTarget, { kind: 'given' }>; readonly selection: PartitionSelection };
}

/** A partition to be cut, with the offset that a file gives it. */
interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly given: FileOffset | undefined;
}

/** Cuts that every partition allows. */
export interface ReadCuts {
  /** Sorted by topic and partition. */
  readonly rows: readonly CutRow[];
  readonly topics: readonly TopicMetadata[];
}

/**
 * Reads where the logs stand and plans the cuts; only reads.
 *
 * @throws CliError naming every partition that cannot be cut as asked: `not-found`, `usage` (an internal topic) or `input`
 */
export async function readCuts(ctx: Context, cluster: Cluster, query: CutQuery): Promise<ReadCuts> {
  const { cut } = query;
  const chosen =
    cut.kind === 'file' ? await readFilePartitions(ctx, cluster, cut) : await readSelected(cluster, cut.selection, query);
  refuseInternal(chosen.topics, query.includeInternal);
  const target: CutTarget = cut.kind === 'file' ? { kind: 'given' } : cut.target;
  const [policies, bounds] = await Promise.all([
    policyProblems(ctx, cluster, chosen.topics),
    readBounds(cluster, chosen.wanted, target),
  ]);
  const { rows, problems } = planCut(target, bounds.inputs);
  const all = [...chosen.problems, ...policies, ...bounds.problems, ...problems];
  if (all.length === 0) return { rows, topics: chosen.topics };
  const hint =
    policies.length > 0
      ? 'allow it with: kafkit topics alter TOPIC --config cleanup.policy=compact,delete'
      : cut.kind === 'file'
        ? chosen.isForeign
          ? foreignHint
          : 'see what the file means on this cluster: kafkit offsets show FILE'
        : 'choose others with --partition, or see what is wrong: kafkit topics describe TOPIC';
  throw new CliError('input', ['no records were deleted', ...all].join('\n'), { hint });
}

interface Chosen {
  /** Those that exist. */
  readonly topics: readonly TopicMetadata[];
  /** Partitions that exist. */
  readonly wanted: readonly Wanted[];
  readonly problems: readonly string[];
  /** Whether the offsets are of other records, which `--force` passes over. */
  readonly isForeign: boolean;
}

async function readSelected(cluster: Cluster, selection: PartitionSelection, { includeInternal }: CutQuery): Promise<Chosen> {
  const found = await requirePartitions(cluster, selection, includeInternal);
  return {
    topics: found.map(({ topic }) => topic),
    wanted: found.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition }) => ({ topic: topic.name, partition, given: undefined })),
    ),
    problems: [],
    isForeign: false,
  };
}

async function readFilePartitions(ctx: Context, cluster: Cluster, { file, force = false }: FileCut): Promise<Chosen> {
  const entries = file.groups.flatMap(({ partitions }) => partitions);
  const [{ id }, topics] = await Promise.all([
    describeCluster(cluster),
    describeTopics(
      cluster,
      entries.map(({ topic }) => topic),
    ),
  ]);
  const known = new Map(topics.map((topic) => [topic.name, topic]));
  const belowZero = file.groups.flatMap((group) => group.belowZero ?? []);
  const foreign = useProblems(
    { clusterId: file.clusterId, entries, belowZero },
    { clusterId: id, topicId: (topic) => known.get(topic)?.id },
  );
  if (force) for (const problem of foreign) ctx.warn(problem);
  const problems = entries.flatMap((entry) => entryProblem(entry, known.get(entry.topic)) ?? []);
  if (file.groups.length > 1) {
    ctx.warn(`the file is of ${file.groups.length} groups; each partition is cut below the lowest of their offsets`);
  }
  return {
    topics: topics.filter(({ errorCode }) => errorCode === 0),
    wanted: lowestOffsets(file)
      .filter((entry) => entryProblem(entry, known.get(entry.topic)) === undefined)
      .map(({ topic, partition, offset }) => ({ topic, partition, given: offset })),
    problems: [...(force ? [] : foreign), ...new Set(problems)],
    isForeign: foreign.length > 0,
  };
}

function entryProblem(entry: OffsetEntry, topic: TopicMetadata | undefined): string | undefined {
  const { topic: name, partition } = entry;
  const code = topic?.errorCode ?? codes.UNKNOWN_TOPIC_OR_PARTITION;
  if (code !== 0 && code !== codes.UNKNOWN_TOPIC_OR_PARTITION) {
    return `topic '${name}' cannot be read: ${kafkaError(code).message} (${kafkaError(code).name})`;
  }
  const { topicId: _id, ...place } = entry;
  switch (checkTopic(place, code === 0 ? topic : undefined)) {
    case 'unknown-topic':
      return `topic '${name}' does not exist`;
    case 'unknown-partition':
      return `topic '${name}' has no partition ${partition}, only ${topic?.partitions.length ?? 0} from 0 on`;
    default:
      return undefined;
  }
}

function refuseInternal(topics: readonly TopicMetadata[], includeInternal: boolean): void {
  const internal = topics.filter((topic) => topic.internal && !includeInternal);
  if (internal.length === 0) return;
  throw new CliError('usage', internal.map(({ name }) => `topic '${name}' is one of Kafka's own`).join('\n'), {
    hint: 'groups and transactions lose their state with its records; add --internal if that is what you want',
  });
}

/** Brokers delete no records of topics that are only compacted, and say so partition by partition, after others are cut. */
async function policyProblems(ctx: Context, cluster: Cluster, topics: readonly TopicMetadata[]): Promise<string[]> {
  if (topics.length === 0) return [];
  const resources = topics.map(({ name }) => ({ type: 'topic' as const, name }));
  const described = await describeConfigs(cluster, resources, { names: ['cleanup.policy'] });
  const problems: string[] = [];
  for (const { name, entries, error } of described) {
    if (error !== undefined && error.code !== 'authorization') throw error;
    if (error !== undefined) ctx.warn(`cleanup.policy of topic '${name}' must not be seen, so the broker alone judges it`);
    const policy = entries.find((entry) => entry.name === 'cleanup.policy')?.value;
    const words = (policy ?? '').split(',').map((word) => word.trim());
    // Without any policy records stay for ever, unless somebody deletes them: brokers since 4.0 know that.
    if (!words.includes('compact') || words.includes('delete')) continue;
    problems.push(
      `topic '${name}' has cleanup.policy=${policy ?? ''}, and Kafka deletes no records of a topic that is only compacted`,
    );
  }
  return problems;
}

/** Start and end of every log, and where the target is a time, the place of that; the end before the time (see `planCut`). */
async function readBounds(
  cluster: Cluster,
  wanted: readonly Wanted[],
  target: CutTarget,
): Promise<{ inputs: CutInput[]; problems: string[] }> {
  const ask = (at: OffsetPlace): Promise<readonly OffsetAnswer[]> =>
    findOffsets(
      cluster,
      wanted.map(({ topic, partition }) => ({ topic, partition, at })),
    );
  const [starts, ends] = await Promise.all([ask({ kind: 'earliest' }), ask({ kind: 'latest' })]);
  const times = target.kind === 'before' ? await ask({ kind: 'timestamp', ms: BigInt(target.timestamp) }) : [];
  const inputs: CutInput[] = [];
  const problems: string[] = [];
  for (const [index, { topic, partition, given }] of wanted.entries()) {
    const [start, end, time] = [starts[index], ends[index], times[index]];
    const error = start?.error ?? end?.error ?? time?.error;
    if (error !== undefined) problems.push(error.message);
    else if (start?.offset === undefined || end?.offset === undefined)
      problems.push(`${topic}-${partition}: its bounds are not known`);
    else inputs.push({ topic, partition, start: start.offset, end: end.offset, atTime: time?.offset, given });
  }
  return { inputs, problems };
}
