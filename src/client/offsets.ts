import type { RequestBody, ResponseBody, TopicPartition } from '../protocol/message.js';
import { ListOffsets } from '../protocol/messages/list-offsets.js';
import { brokerError, type BrokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';
import { groupTopics } from './group-topics.js';
import { Lookups } from './lookups.js';
import { lostAnswer } from './lost-answers.js';

/** A place in a partition's log; `timestamp` is the first record at or after that many milliseconds since the epoch. */
export type OffsetPlace =
  | { readonly kind: 'earliest' | 'latest' | 'max-timestamp' | 'earliest-local' | 'latest-tiered' | 'earliest-pending-upload' }
  | { readonly kind: 'timestamp'; readonly ms: bigint };

const longestInt32 = 2 ** 31 - 1;

const wireTimes = {
  latest: -1n,
  earliest: -2n,
  'max-timestamp': -3n,
  'earliest-local': -4n,
  'latest-tiered': -5n,
  'earliest-pending-upload': -6n,
} as const;

/** A partition and the place to find in it. */
export interface OffsetQuestion extends TopicPartition {
  readonly at: OffsetPlace;
}

/** The answer to one question; `offset` is undefined where there is no such record, and where there is an error. */
export interface OffsetAnswer extends OffsetQuestion {
  readonly offset: bigint | undefined;
  /** Milliseconds since the epoch, where the place was found by time. */
  readonly timestamp: bigint | undefined;
  readonly leaderEpoch: number | undefined;
  readonly error: BrokerError | undefined;
}

export interface ListOffsetsOptions extends Limits {
  /** Whether `latest` is the end of what is committed (the last stable offset) or of everything. Default: everything. */
  readonly isolation?: 'read_committed' | 'read_uncommitted';
}

/** Finds offsets in many partitions at their leaders, in the order asked; each partition has its own error. */
export async function listOffsets(
  cluster: Cluster,
  questions: readonly OffsetQuestion[],
  { isolation = 'read_uncommitted', ...limits }: ListOffsetsOptions = {},
): Promise<readonly OffsetAnswer[]> {
  const isolationLevel = isolation === 'read_committed' ? 1 : 0;
  const timeoutMs = Math.min(longestInt32, Math.ceil(limits.timeoutMs ?? 30_000));
  const answers = await Promise.all(
    rounds(questions).map(async (round) => {
      const body = { replicaId: -1, isolationLevel, topics: topicsOf(round), timeoutMs };
      const lookups = new Lookups();
      const response = await cluster.request(ListOffsets, body, { ...limits, unanswered, onStranded: lookups.note });
      return answersOf(round, response, lookups);
    }),
  );
  const found = new Map(answers.flat());
  return questions.map((question) => found.get(question) ?? missing(question));
}

/** A request can ask one thing about a partition, so a second question about it goes into another request. */
function rounds(questions: readonly OffsetQuestion[]): OffsetQuestion[][] {
  const asked = new Map<string, number>();
  const result: OffsetQuestion[][] = [];
  for (const question of questions) {
    const id = idOf(question);
    const round = asked.get(id) ?? 0;
    asked.set(id, round + 1);
    (result[round] ??= []).push(question);
  }
  return result;
}

function topicsOf(questions: readonly OffsetQuestion[]): RequestBody<typeof ListOffsets>['topics'] {
  return groupTopics(questions, ({ partition, at }) => ({
    partitionIndex: partition,
    timestamp: at.kind === 'timestamp' ? at.ms : wireTimes[at.kind],
  }));
}

function unanswered({ topics }: RequestBody<typeof ListOffsets>, errorCode: number): ResponseBody<typeof ListOffsets> {
  return {
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode,
        timestamp: -1n,
        offset: -1n,
        leaderEpoch: -1,
      })),
    })),
  };
}

function answersOf(
  round: readonly OffsetQuestion[],
  response: ResponseBody<typeof ListOffsets>,
  lookups: Lookups,
): (readonly [OffsetQuestion, OffsetAnswer])[] {
  const byId = new Map(
    response.topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => [idOf({ topic: name, partition: partition.partitionIndex }), partition] as const),
    ),
  );
  return round.map((question) => {
    const found = byId.get(idOf(question));
    if (found === undefined) return [question, missing(question)] as const;
    const { errorCode, offset, timestamp, leaderEpoch } = found;
    const what = `cannot find an offset of ${nameOf(question)}`;
    const answer = {
      ...question,
      offset: errorCode !== 0 || offset < 0n ? undefined : offset,
      // Only -1 means none: producers may write times before 1970.
      timestamp: timestamp === -1n ? undefined : timestamp,
      leaderEpoch: leaderEpoch < 0 ? undefined : leaderEpoch,
      error:
        errorCode === 0 ? undefined : lookups.explain(question, brokerError(errorCode, null, what, lostAnswer(response, question))),
    };
    return [question, answer] as const;
  });
}

function missing(question: OffsetQuestion): OffsetAnswer {
  const error = brokerError(-1, 'the broker left it out of its answer', `cannot find an offset of ${nameOf(question)}`);
  return { ...question, offset: undefined, timestamp: undefined, leaderEpoch: undefined, error };
}

function idOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
