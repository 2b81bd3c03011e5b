import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { tailStarts } from '../../client/queries/tail-starts.js';
import { findOffsets } from '../../client/queries/find-offsets.js';
import type { OffsetAnswer, OffsetPlace } from '../../client/offsets.js';
import type { PartitionMetadata } from '../../client/topic-metadata.js';
import { CliError } from '../../core/errors.js';
import type { OffsetTarget } from '../../core/offset-targets/offset-target.js';
import {
  computeReadRange,
  offsetOfTarget,
  type PartitionBounds,
  PastEndError,
  type ReadRange,
} from '../../core/offset-targets/read-range.js';

/** What to read of one topic. */
export interface ReadRequest {
  readonly topic: string;
  /** All of them when unset. */
  readonly partitions: readonly number[] | undefined;
  readonly start: OffsetTarget;
  /** Exclusive; an open transaction before it is waited for. Without it the partitions are followed for ever. */
  readonly stop: OffsetTarget | undefined;
  /** Instead of a stop: ends where a reader of the chosen isolation level comes to now. */
  readonly exitAtEnd: boolean;
  readonly isCommittedOnly: boolean;
}

export interface PartitionRange extends ReadRange {
  readonly partition: number;
  /** Offsets behind the stop that open transactions hold back. */
  readonly heldBack?: bigint;
  /** The time that reading was to start at, where no record is so new. */
  readonly noneSince?: number;
}

/** A partition that cannot be read now, and why. */
export interface UnreadPartition {
  readonly partition: number;
  readonly reason: string;
}

export interface ResolvedRanges {
  /** Sorted by partition; empty ranges included. */
  readonly ranges: readonly PartitionRange[];
  readonly unread: readonly UnreadPartition[];
}

/** How long a partition without a leader is waited for: an election takes seconds, an outage longer than anyone's patience. */
const leaderlessMs = 10_000;

/**
 * The offsets to read, as the log stands now. A partition that nobody serves is left out and named.
 *
 * @throws CliError `not-found` for a topic or partition that does not exist, `input` for a start behind the end of the log,
 * `authorization` and what asking the cluster throws
 */
export async function resolveRanges(cluster: Cluster, request: ReadRequest, signal: AbortSignal): Promise<ResolvedRanges> {
  const partitions = await selectPartitions(cluster, request, signal);
  const led = { partitions: partitions.filter(({ leader }) => leader !== undefined), timeoutMs: undefined };
  const leaderless = { partitions: partitions.filter(({ leader }) => leader === undefined), timeoutMs: leaderlessMs };
  const [found, late] = await Promise.all([
    findPlaces(cluster, request, led, signal),
    leaderless.partitions.length === 0 ? new Map<number, Places>() : findPlaces(cluster, request, leaderless, signal),
  ]);
  const ranges: ResolvedRange[] = [];
  const unread: UnreadPartition[] = [];
  for (const [partition, places] of [...found, ...late].sort(([left], [right]) => left - right)) {
    const error = [places.earliest, places.end, places.logEnd, places.start, places.stop].find(
      (each) => each?.error !== undefined,
    )?.error;
    if (error === undefined) ranges.push(rangeOf(request, partition, places));
    // No other partition of the topic would be spared.
    else if (error.code === 'authorization') throw error;
    else unread.push({ partition, reason: error.message });
  }
  return { ranges: await withTails(cluster, request, ranges, signal), unread };
}

/** Moves the starts of a tail to where so many records begin, which may be further back than so many offsets. */
async function withTails(
  cluster: Cluster,
  { topic, start, isCommittedOnly }: ReadRequest,
  ranges: readonly ResolvedRange[],
  signal: AbortSignal,
): Promise<readonly PartitionRange[]> {
  if (start.kind !== 'tail') return ranges.map(({ range }) => range);
  const spans = ranges.map(({ range: { partition }, earliest, end }) => ({ topic, partition, start: earliest, stop: end }));
  const isolation = isCommittedOnly ? 'read_committed' : 'read_uncommitted';
  const starts = await tailStarts(cluster, spans, { count: start.count, isolation, signal });
  return ranges.map(({ range }, index) => {
    const { stop } = range;
    const from = starts[index] ?? range.start;
    return { ...range, start: stop !== undefined && from > stop ? stop : from };
  });
}

async function selectPartitions(cluster: Cluster, request: ReadRequest, signal: AbortSignal): Promise<PartitionMetadata[]> {
  const { topic, partitions: wanted } = request;
  const metadata = (await cluster.direct.topics([topic], { signal })).get(topic);
  if (metadata === undefined) throw new CliError('protocol', `no answer for topic '${topic}'`);
  if (metadata.errorCode !== 0) {
    throw brokerError(metadata.errorCode, undefined, `cannot read topic '${topic}'`).needing('Read', `topic '${topic}'`);
  }
  if (wanted === undefined) return [...metadata.partitions];
  return [...new Set(wanted)]
    .sort((left, right) => left - right)
    .map((partition) => {
      const found = metadata.partitions.find((each) => each.partition === partition);
      if (found !== undefined) return found;
      throw new CliError(
        'not-found',
        `topic '${topic}' has no partition ${partition}, only ${metadata.partitions.length} from 0 on`,
      );
    });
}

/** The places of one partition; those of targets that name a time only. */
interface Places {
  readonly earliest: OffsetAnswer | undefined;
  /** Where a reader of the isolation level comes to, and the high watermark. */
  readonly end: OffsetAnswer | undefined;
  readonly logEnd: OffsetAnswer | undefined;
  readonly start: OffsetAnswer | undefined;
  readonly stop: OffsetAnswer | undefined;
}

async function findPlaces(
  cluster: Cluster,
  { topic, start, stop, isCommittedOnly }: ReadRequest,
  { partitions, timeoutMs }: { partitions: readonly PartitionMetadata[]; timeoutMs: number | undefined },
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Places>> {
  const list = (
    at: OffsetPlace | undefined,
    isolation: 'read_committed' | 'read_uncommitted' = 'read_uncommitted',
  ): Promise<readonly (OffsetAnswer | undefined)[]> => {
    if (at === undefined) return Promise.resolve(partitions.map(() => undefined));
    const questions = partitions.map(({ partition }) => ({ topic, partition, at }));
    return findOffsets(cluster, questions, { isolation, timeoutMs, signal });
  };
  // Not before the other end: a transaction that ends in between is then no reason to read less.
  const [earliest, logEnd, starts, stops] = await Promise.all([
    list({ kind: 'earliest' }),
    list({ kind: 'latest' }),
    list(timeOf(start)),
    list(timeOf(stop)),
  ]);
  const end = isCommittedOnly ? await list({ kind: 'latest' }, 'read_committed') : logEnd;
  return new Map(
    partitions.map(({ partition }, index) => [
      partition,
      { earliest: earliest[index], end: end[index], logEnd: logEnd[index], start: starts[index], stop: stops[index] },
    ]),
  );
}

function timeOf(target: OffsetTarget | undefined): OffsetPlace | undefined {
  return target?.kind === 'time' ? { kind: 'timestamp', ms: BigInt(target.timestamp) } : undefined;
}

/** A range, and the bounds that it was worked out from. */
interface ResolvedRange extends Pick<PartitionBounds, 'earliest' | 'end'> {
  readonly range: PartitionRange;
}

function rangeOf(request: ReadRequest, partition: number, places: Places): ResolvedRange {
  const { offset: end = 0n } = places.end ?? {};
  const { offset: seenEnd = end } = places.logEnd ?? {};
  const logEnd = seenEnd > end ? seenEnd : end;
  const bounds = { earliest: places.earliest?.offset ?? 0n, end, logEnd };
  // A time may lie in a transaction that is still open.
  const start = offsetOfTarget(
    request.start,
    { ...bounds, ...(request.start.kind === 'time' && { end: logEnd }) },
    places.start?.offset,
  );
  const stop = stopOf(request, bounds, places.stop?.offset);
  try {
    const range = { partition, ...computeReadRange(start, stop, bounds) };
    const facts = {
      ...(request.exitAtEnd && end < logEnd && { heldBack: logEnd - end }),
      ...(request.start.kind === 'time' && places.start?.offset === undefined && { noneSince: request.start.timestamp }),
    };
    return { range: { ...range, ...facts }, earliest: bounds.earliest, end };
  } catch (error) {
    if (!(error instanceof PastEndError)) throw error;
    const text = `offset ${start} lies behind the end of partition ${request.topic}-${partition}, which is ${bounds.end}`;
    throw new CliError('input', text, { hint: 'add --exit-at-end to read what is there, or start at latest', cause: error });
  }
}

/** An end that was named is one of the log, whether or not all before it can be read already. */
function stopOf(
  { stop, exitAtEnd }: ReadRequest,
  { earliest, end, logEnd }: Required<PartitionBounds>,
  atTime: bigint | undefined,
) {
  if (exitAtEnd) return end;
  return stop === undefined ? undefined : offsetOfTarget(stop, { earliest, end: logEnd }, atTime);
}
