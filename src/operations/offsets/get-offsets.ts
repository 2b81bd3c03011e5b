import type { BrokerError } from '../../client/broker-error.js';
import { describeCluster } from '../../client/cluster-info.js';
import type { Cluster } from '../../client/cluster.js';
import type { OffsetAnswer } from '../../client/offsets.js';
import { findOffsets } from '../../client/queries/find-offsets.js';
import { requirePartitions, type FoundPartitions } from '../../client/queries/find-partitions.js';
import type { LogPlace } from '../../core/offset-targets/parse-log-place.js';
import type { PartitionSelection } from '../../core/topics/partition-selection.js';
import type { Context } from '../context.js';

export interface GetOffsetsInput {
  readonly selection: PartitionSelection;
  readonly includeInternal: boolean;
  readonly place: LogPlace;
  readonly isolation: 'read_uncommitted' | 'read_committed';
}

/** One partition's offset. */
export interface FoundOffset {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: string | undefined;
  /** Undefined where the log has no such place, and where there is an error. */
  readonly offset: bigint | undefined;
  /** Milliseconds since the epoch of the record found by time. */
  readonly timestamp: bigint | undefined;
  readonly leaderEpoch: number | undefined;
  /** Every record is older than the time asked for, so `offset` is the end: what comes next is the first that is not. */
  readonly isEnd: boolean;
  readonly error: BrokerError | undefined;
}

export interface GetOffsetsResult {
  readonly clusterId: string | undefined;
  /** Milliseconds since the epoch, before the offsets were read. */
  readonly takenAt: number;
  readonly source: LogPlace['kind'];
  /** Sorted by topic and partition. */
  readonly offsets: readonly FoundOffset[];
}

/**
 * Finds one offset in each partition; each has its own error.
 *
 * @throws CliError `not-found` for topics and partitions that do not exist
 */
export async function getOffsets(ctx: Context, input: GetOffsetsInput): Promise<GetOffsetsResult> {
  const takenAt = ctx.now();
  const cluster = await ctx.connect();
  const [found, { id: clusterId }] = await Promise.all([
    requirePartitions(cluster, input.selection, input.includeInternal),
    describeCluster(cluster),
  ]);
  return { clusterId, takenAt, source: input.place.kind, offsets: await look(ctx, cluster, found, input) };
}

async function look(
  ctx: Context,
  cluster: Cluster,
  found: readonly FoundPartitions[],
  { place, isolation }: GetOffsetsInput,
): Promise<FoundOffset[]> {
  const places = found.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition }) => ({ topic: topic.name, topicId: topic.id, partition })),
  );
  const ask = (at: LogPlace): Promise<readonly OffsetAnswer[]> =>
    findOffsets(
      cluster,
      places.map(({ topic, partition }) => ({ topic, partition, at })),
      { isolation, signal: ctx.signal },
    );
  // The end is read first: a record that arrives in between would be late enough, and must not be passed over.
  const ends = place.kind === 'timestamp' ? await ask({ kind: 'latest' }) : [];
  const answers = await ask(place);
  return places.map((asked, index) => toFound(asked, answers[index], ends[index]));
}

function toFound(
  asked: Pick<FoundOffset, 'topic' | 'topicId' | 'partition'>,
  answer: OffsetAnswer | undefined,
  end: OffsetAnswer | undefined,
): FoundOffset {
  const isEnd = answer?.error === undefined && answer?.offset === undefined && end !== undefined;
  const { offset, timestamp, leaderEpoch, error } = (isEnd ? end : answer) ?? {};
  return { ...asked, offset, timestamp, leaderEpoch, error, isEnd: isEnd && offset !== undefined };
}
