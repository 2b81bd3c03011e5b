import type { RequestBody, ResponseBody, TopicPartition } from '../protocol/message.js';
import { DeleteRecords } from '../protocol/messages/delete-records.js';
import { brokerError, type BrokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';
import { groupTopics } from './group-topics.js';
import { Lookups } from './lookups.js';
import { lostAnswer } from './lost-answers.js';

/** A partition and the first of its offsets that stays. */
export interface RecordCut extends TopicPartition {
  readonly offset: bigint;
}

export interface DeleteRecordsOptions extends Limits {
  /** Looks for partitions that are unknown, or have no leader, for as long as the whole may take. */
  readonly seekUntilDeadline?: boolean;
}

/** What became of one cut. */
export interface CutAnswer extends RecordCut {
  /** First offset that every live replica still has; undefined where there is an error. */
  readonly lowWatermark: bigint | undefined;
  readonly error: BrokerError | undefined;
  /** The request was sent, or may have been, and no answer says what became of it. */
  readonly isUnknown: boolean;
}

// Below `request.timeout.ms`, so that the answer "not done in time" arrives before we give up on it.
const brokerTimeoutMs = 25_000;

const unknownOutcomes: ReadonlySet<string> = new Set(['REQUEST_TIMED_OUT', 'NETWORK_EXCEPTION', 'UNKNOWN_SERVER_ERROR']);

/**
 * Deletes the records below an offset of each partition, at the leaders (KIP-107); in the order asked, each partition succeeds
 * or fails on its own. A lost answer is not asked for again: the topic could have been recreated meanwhile.
 */
export async function deleteRecords(
  cluster: Cluster,
  cuts: readonly RecordCut[],
  options: DeleteRecordsOptions = {},
): Promise<readonly CutAnswer[]> {
  const lookups = new Lookups();
  const body = { topics: topicsOf(cuts), timeoutMs: Math.min(Math.ceil(options.timeoutMs ?? brokerTimeoutMs), brokerTimeoutMs) };
  const response = await cluster.request(DeleteRecords, body, { ...options, unanswered, onStranded: lookups.note });
  const answers = new Map(
    response.topics.flatMap(({ name, partitions }) =>
      partitions.map((partition) => [`${name} ${partition.partitionIndex}`, partition] as const),
    ),
  );
  return cuts.map((cut) => {
    const { errorCode = -1, lowWatermark = -1n } = answers.get(`${cut.topic} ${cut.partition}`) ?? {};
    const what = `cannot delete records of ${cut.topic}-${cut.partition}`;
    const error = errorCode === 0 ? undefined : lookups.explain(cut, brokerError(errorCode, null, what, lostAnswer(response, cut)));
    return {
      ...cut,
      lowWatermark: error === undefined ? lowWatermark : undefined,
      error,
      isUnknown: error !== undefined && error.sent !== false && unknownOutcomes.has(error.kafkaName),
    };
  });
}

function topicsOf(cuts: readonly RecordCut[]): RequestBody<typeof DeleteRecords>['topics'] {
  return groupTopics(cuts, ({ partition, offset }) => ({ partitionIndex: partition, offset }));
}

function unanswered({ topics }: RequestBody<typeof DeleteRecords>, errorCode: number): ResponseBody<typeof DeleteRecords> {
  return {
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, lowWatermark: -1n, errorCode })),
    })),
  };
}
