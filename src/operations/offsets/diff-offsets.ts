import type { BrokerError } from '../../client/broker-error.js';
import { describeCluster } from '../../client/cluster-info.js';
import { describeTopics } from '../../client/metadata.js';
import { listOffsets } from '../../client/offsets.js';
import { CliError } from '../../core/errors.js';
import { computeOffsetDiff, type OffsetDiff } from '../../core/offset-diff/compute-offset-diff.js';
import type { OffsetEntry, OffsetFile, OffsetGroup } from '../../core/offset-file/offset-file.js';
import type { LogPlace } from '../../core/offset-targets/parse-log-place.js';
import type { Context } from '../context.js';

export interface DiffOffsetsInput {
  readonly from: OffsetFile;
  /** Whether offsets of two clusters are compared all the same. */
  readonly force?: boolean;
  /** The second file, or a place in the logs of the cluster. */
  readonly to: OffsetFile | { readonly place: LogPlace; readonly isolation: 'read_uncommitted' | 'read_committed' };
}

export interface DiffOffsetsResult extends OffsetDiff {
  /** The cluster ids of the two sides, where they are known and differ. */
  readonly clusters: { readonly from: string; readonly to: string } | undefined;
  /** Why partitions of the cluster could not be read; they are in no row. Those that do not exist are rows without a second side. */
  readonly errors: readonly CliError[];
}

/** Compares two offset files, or one with the cluster as it is now. */
export async function diffOffsets(ctx: Context, { from, to, force = false }: DiffOffsetsInput): Promise<DiffOffsetsResult> {
  const second = 'place' in to ? await readCluster(ctx, from, to) : { from, to, errors: [] };
  const { clusterId } = second.to;
  const isOther = from.clusterId !== undefined && clusterId !== undefined && from.clusterId !== clusterId;
  return {
    ...computeOffsetDiff(second.from.groups, second.to.groups, !isOther || force),
    clusters: isOther ? { from: from.clusterId, to: clusterId } : undefined,
    errors: second.errors,
  };
}

type LivePlace = Exclude<DiffOffsetsInput['to'], OffsetFile>;

async function readCluster(
  ctx: Context,
  file: OffsetFile,
  { place, isolation }: LivePlace,
): Promise<{ from: OffsetFile; to: OffsetFile; errors: CliError[] }> {
  const cluster = await ctx.connect();
  const all = file.groups.flatMap(({ partitions, belowZero = [] }): readonly Place[] => [...partitions, ...belowZero]);
  const entries = [...new Map(all.map((entry) => [keyOf(entry), entry])).values()];
  const [{ id }, topics] = await Promise.all([
    describeCluster(cluster),
    describeTopics(
      cluster,
      entries.map(({ topic }) => topic),
    ),
  ]);
  const ids = new Map(topics.map((topic) => [topic.name, topic.id]));
  const ask = (at: LogPlace) =>
    listOffsets(
      cluster,
      entries.map(({ topic, partition }) => ({ topic, partition, at })),
      { isolation },
    );
  // As in `offsets get`: the end first, so that no record falls between the two answers.
  const ends = place.kind === 'timestamp' ? await ask({ kind: 'latest' }) : [];
  const answers = await ask(place);
  const found = new Map<string, OffsetEntry>();
  const failed = new Map<string, BrokerError>();
  for (const [index, { topic, partition, offset: own, error }] of answers.entries()) {
    if (error !== undefined && error.kafkaName !== 'UNKNOWN_TOPIC_OR_PARTITION') failed.set(keyOf({ topic, partition }), error);
    const offset = own ?? (error === undefined ? ends[index]?.offset : undefined);
    const topicId = ids.get(topic);
    if (offset === undefined) continue;
    found.set(keyOf({ topic, partition }), { topic, partition, offset, ...(topicId !== undefined && { topicId }) });
  }
  const isRead = (entry: Place): boolean => !failed.has(keyOf(entry));
  const from = file.groups.map((group): OffsetGroup => {
    const { partitions, belowZero = [] } = group;
    return { ...group, partitions: partitions.filter(isRead), belowZero: belowZero.filter(isRead) };
  });
  const there = file.groups.map(({ partitions, belowZero = [], ...group }): OffsetGroup => {
    const places: readonly Place[] = [...partitions, ...belowZero];
    return { ...group, partitions: places.flatMap((entry) => found.get(keyOf(entry)) ?? []) };
  });
  return {
    from: { ...file, groups: from },
    to: { ...(id !== undefined && { clusterId: id }), groups: there },
    errors: [...failed.values()],
  };
}

type Place = Pick<OffsetEntry, 'topic' | 'partition'>;

function keyOf({ topic, partition }: Place): string {
  return `${topic} ${partition}`;
}
