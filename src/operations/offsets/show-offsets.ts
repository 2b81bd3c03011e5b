import { compareText } from '../../core/compare-text.js';
import { brokerError } from '../../client/broker-error.js';
import { describeCluster } from '../../client/cluster-info.js';
import type { Cluster } from '../../client/cluster.js';
import { describeTopics } from '../../client/metadata.js';
import { listOffsets, type OffsetAnswer, type OffsetQuestion } from '../../client/offsets.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import type { CliError } from '../../core/errors.js';
import { checkOffset, checkTopic, type OffsetFit } from '../../core/offset-diff/check-offset.js';
import type { FileOffset, OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import { errorCode as codes } from '../../protocol/errors.js';
import type { Context } from '../context.js';

/** One offset of a file, and what it would mean now. */
export interface ShownOffset {
  readonly group: string | undefined;
  readonly topic: string;
  readonly partition: number;
  readonly offset: FileOffset;
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  /** Undefined where it could not be found out; then `error` says why. */
  readonly fit: OffsetFit | undefined;
  readonly error: CliError | undefined;
}

export interface ShowOffsetsResult {
  readonly file: OffsetFile;
  /** Of the cluster that was asked. */
  readonly clusterId: string | undefined;
  readonly isOtherCluster: boolean;
  /** Sorted by group, topic and partition. */
  readonly offsets: readonly ShownOffset[];
}

/** Says of each offset of a file whether the cluster's logs still have it. */
export async function showOffsets(
  ctx: Context,
  file: OffsetFile,
  isolation: 'read_uncommitted' | 'read_committed',
): Promise<ShowOffsetsResult> {
  const cluster = await ctx.connect();
  const names = file.groups.flatMap(({ partitions }) => partitions.map(({ topic }) => topic));
  const [{ id: clusterId }, topics] = await Promise.all([describeCluster(cluster), describeTopics(cluster, names)]);
  const known = new Map(topics.map((topic) => [topic.name, topic]));
  const places = new Places(await askBounds(cluster, file, known, isolation));
  const offsets = file.groups.flatMap(({ group, partitions, belowZero = [] }): ShownOffset[] => [
    ...partitions.map((entry) => ({ group, ...show(entry, known.get(entry.topic), places) })),
    ...belowZero.map((commit) => ({
      group,
      ...commit,
      start: undefined,
      end: undefined,
      fit: 'below-zero' as const,
      error: undefined,
    })),
  ]);
  const isOtherCluster = file.clusterId !== undefined && clusterId !== undefined && file.clusterId !== clusterId;
  return { file, clusterId, isOtherCluster, offsets: offsets.sort(compareShown) };
}

/** Start and end of each partition of the file that is there. */
async function askBounds(
  cluster: Cluster,
  file: OffsetFile,
  topics: ReadonlyMap<string, TopicMetadata>,
  isolation: 'read_uncommitted' | 'read_committed',
): Promise<readonly OffsetAnswer[]> {
  const entries = file.groups.flatMap(({ partitions }) => partitions);
  const there = entries.filter((entry) => topicError(entry, topics.get(entry.topic)) === undefined && isThere(entry, topics));
  const unique = [...new Map(there.map(({ topic, partition }) => [`${topic} ${partition}`, { topic, partition }])).values()];
  const ask = (kind: 'earliest' | 'latest'): Promise<readonly OffsetAnswer[]> => {
    const questions: OffsetQuestion[] = unique.map((place) => ({ ...place, at: { kind } }));
    return listOffsets(cluster, questions, { isolation });
  };
  return (await Promise.all([ask('earliest'), ask('latest')])).flat();
}

function isThere(entry: OffsetEntry, topics: ReadonlyMap<string, TopicMetadata>): boolean {
  return checkTopic(entry, topics.get(entry.topic)) === undefined;
}

class Places {
  private readonly answers: ReadonlyMap<string, OffsetAnswer>;

  constructor(answers: readonly OffsetAnswer[]) {
    this.answers = new Map(answers.map((answer) => [`${answer.at.kind} ${answer.topic} ${answer.partition}`, answer]));
  }

  get(kind: 'earliest' | 'latest', { topic, partition }: OffsetEntry): OffsetAnswer | undefined {
    return this.answers.get(`${kind} ${topic} ${partition}`);
  }
}

/** Why a topic cannot be looked at, where that is not simply that it does not exist. */
function topicError({ topic: name }: OffsetEntry, topic: TopicMetadata | undefined): CliError | undefined {
  const code = topic?.errorCode ?? 0;
  if (code === 0 || code === codes.UNKNOWN_TOPIC_OR_PARTITION) return undefined;
  return brokerError(code, undefined, `cannot read topic '${name}'`);
}

function show(entry: OffsetEntry, topic: TopicMetadata | undefined, places: Places): Omit<ShownOffset, 'group'> {
  const { topic: name, partition, offset } = entry;
  const base = { topic: name, partition, offset, start: undefined, end: undefined, fit: undefined, error: undefined };
  const error = topicError(entry, topic);
  if (error !== undefined) return { ...base, error };
  const fit = checkTopic(entry, topic?.errorCode === 0 ? topic : undefined);
  if (fit !== undefined) return { ...base, fit };
  const start = places.get('earliest', entry);
  const end = places.get('latest', entry);
  if (start?.offset === undefined || end?.offset === undefined) {
    const code = codes.UNKNOWN_SERVER_ERROR;
    const unexplained = brokerError(code, 'no answer', `cannot read the bounds of ${name}-${partition}`);
    return { ...base, error: start?.error ?? end?.error ?? unexplained };
  }
  const bounds = { start: start.offset, end: end.offset };
  return { ...base, ...bounds, fit: checkOffset(offset, bounds) };
}

function compareShown(left: ShownOffset, right: ShownOffset): number {
  return (
    compareText(left.group ?? '', right.group ?? '') || compareText(left.topic, right.topic) || left.partition - right.partition
  );
}
