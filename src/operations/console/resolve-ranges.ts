import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import type { PartitionMetadata } from '../../client/topic-metadata.js';
import { CliError } from '../../core/errors.js';
import type { OffsetTarget } from '../../core/offset-targets/offset-target.js';
import { computeReadRange, offsetOfTarget, PastEndError, type ReadRange } from '../../core/offset-targets/read-range.js';
import { kafkaError } from '../../protocol/errors.js';
import { listOffsets, type OffsetAnswer, type OffsetQuestion } from './list-offsets.js';

/** What to read of one topic. */
export interface ReadRequest {
  readonly topic: string;
  /** All of them when unset. */
  readonly partitions: readonly number[] | undefined;
  readonly start: OffsetTarget;
  /** Exclusive; without it the partitions are followed for ever. */
  readonly stop: OffsetTarget | undefined;
  readonly isCommittedOnly: boolean;
}

export interface PartitionRange extends ReadRange {
  readonly partition: number;
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
  const led = partitions.filter(({ leader }) => leader !== undefined);
  const leaderless = partitions.filter(({ leader }) => leader === undefined);
  const answers = await Promise.all([
    ask(cluster, request, led, undefined, signal),
    ask(cluster, request, leaderless, leaderlessMs, signal),
  ]);
  const ranges: PartitionRange[] = [];
  const unread: UnreadPartition[] = [];
  for (const { partition } of partitions) {
    const answer = answers.find((each) => each.has(partition))?.get(partition);
    if (answer === undefined) throw new CliError('protocol', `no answer for partition ${request.topic}-${partition}`);
    const problem = [answer.earliest, answer.end, answer.start, answer.stop].find((each) => 'errorCode' in each);
    if (problem !== undefined && 'errorCode' in problem) unread.push(unreadPartition(request.topic, partition, problem.errorCode));
    else ranges.push({ partition, ...rangeOf(request, partition, answer) });
  }
  return { ranges, unread };
}

async function selectPartitions(cluster: Cluster, request: ReadRequest, signal: AbortSignal): Promise<PartitionMetadata[]> {
  const { topic, partitions: wanted } = request;
  const metadata = (await cluster.direct.topics([topic], { signal })).get(topic);
  if (metadata === undefined) throw new CliError('protocol', `no answer for topic '${topic}'`);
  if (metadata.errorCode !== 0) throw brokerError(metadata.errorCode, undefined, `cannot read topic '${topic}'`);
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

interface Answers {
  readonly earliest: OffsetAnswer;
  readonly end: OffsetAnswer;
  /** What the targets' times ask for; `{ offset: undefined }` where they name none. */
  readonly start: OffsetAnswer;
  readonly stop: OffsetAnswer;
}

const nothing: OffsetAnswer = { offset: undefined };

async function ask(
  cluster: Cluster,
  { topic, start, stop, isCommittedOnly }: ReadRequest,
  partitions: readonly PartitionMetadata[],
  timeoutMs: number | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Answers>> {
  if (partitions.length === 0) return new Map();
  const indexes = partitions.map(({ partition }) => partition);
  const list = (question: OffsetQuestion | undefined): Promise<ReadonlyMap<number, OffsetAnswer>> => {
    if (question === undefined) return Promise.resolve(new Map(indexes.map((index) => [index, nothing])));
    return listOffsets(cluster, { topic, partitions: indexes, question, isCommittedOnly, timeoutMs, signal });
  };
  const [earliest, end, atStart, atStop] = await Promise.all([
    list('earliest'),
    list('end'),
    list(timeOf(start)),
    list(timeOf(stop)),
  ]);
  const answers = new Map<number, Answers>();
  for (const index of indexes) {
    const of = (map: ReadonlyMap<number, OffsetAnswer>): OffsetAnswer => map.get(index) ?? { errorCode: -1 };
    answers.set(index, { earliest: of(earliest), end: of(end), start: of(atStart), stop: of(atStop) });
  }
  return answers;
}

function timeOf(target: OffsetTarget | undefined): number | undefined {
  return target?.kind === 'time' ? target.timestamp : undefined;
}

function rangeOf(request: ReadRequest, partition: number, answers: Answers): ReadRange {
  const bounds = { earliest: offsetOf(answers.earliest) ?? 0n, end: offsetOf(answers.end) ?? 0n };
  const start = offsetOfTarget(request.start, bounds, offsetOf(answers.start));
  const stop = request.stop === undefined ? undefined : offsetOfTarget(request.stop, bounds, offsetOf(answers.stop));
  try {
    return computeReadRange(start, stop, bounds);
  } catch (error) {
    if (!(error instanceof PastEndError)) throw error;
    const text = `offset ${start} lies behind the end of partition ${request.topic}-${partition}, which is ${bounds.end}`;
    throw new CliError('input', text, { hint: 'add --exit-at-end to read what is there, or start at latest', cause: error });
  }
}

function offsetOf(answer: OffsetAnswer): bigint | undefined {
  return 'offset' in answer ? answer.offset : undefined;
}

/** @throws CliError `authorization`, which no other partition of the topic will be spared */
function unreadPartition(topic: string, partition: number, errorCode: number): UnreadPartition {
  const error = brokerError(errorCode, undefined, `cannot read partition ${topic}-${partition}`);
  if (error.code === 'authorization') throw error;
  const { name, message } = kafkaError(errorCode);
  return { partition, reason: `${message} (${name})` };
}
