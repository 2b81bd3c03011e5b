import { errorCode, kafkaError } from '../protocol/errors.js';
import type { AnyMessage } from '../protocol/message.js';

// Sent again after a lost answer, these could do more than was asked, or report a failure that is none: a topic that was
// recreated meanwhile would be deleted again, a cut "to the end" would reach newer records, what was created would "already
// exist". So a lost answer ends them as "outcome unknown", and the caller looks before it repeats.
const notRepeatable: ReadonlySet<string> = new Set([
  'CreateTopics',
  'CreatePartitions',
  'DeleteTopics',
  'DeleteRecords',
  'DeleteGroups',
  'DeleteAcls',
  'CreateDelegationToken',
  'Produce',
]);

/** Whether a message may be sent again when the answer to it was lost. */
export function isRepeatable(message: AnyMessage): boolean {
  return !notRepeatable.has(message.name);
}

// Only these retriable codes leave open whether the work was done; all others say that it was not.
const unknownOutcome: ReadonlySet<number> = new Set([errorCode.REQUEST_TIMED_OUT, errorCode.NETWORK_EXCEPTION]);

// Right after a topic was created, brokers learn of it one by one; after a moment "unknown" means that it does not exist.
const unknownTopicPatienceMs = 1000;
// An election takes a moment. A partition without a leader for longer waits for a person, and a report must not wait with it.
const noLeaderPatienceMs = 5000;

const patience: ReadonlyMap<number, number> = new Map([
  [errorCode.UNKNOWN_TOPIC_OR_PARTITION, unknownTopicPatienceMs],
  [errorCode.UNKNOWN_TOPIC_ID, unknownTopicPatienceMs],
  [errorCode.LEADER_NOT_AVAILABLE, noLeaderPatienceMs],
  [errorCode.KAFKA_STORAGE_ERROR, noLeaderPatienceMs],
  [errorCode.LISTENER_NOT_FOUND, noLeaderPatienceMs],
]);

const unknownTopic: ReadonlySet<number> = new Set([errorCode.UNKNOWN_TOPIC_OR_PARTITION, errorCode.UNKNOWN_TOPIC_ID]);

export interface Asked {
  readonly to: AnyMessage['route']['to'];
  readonly repeatable: boolean;
  /** Milliseconds since the item first failed with this code. */
  readonly elapsedMs: number;
}

/** Whether an item that ended with `code` is worth asking for again; 0 never is. */
export function shouldRetry(code: number, { to, repeatable, elapsedMs }: Asked): boolean {
  if (!kafkaError(code).retriable) return false;
  if (!repeatable && unknownOutcome.has(code)) return false;
  // Elsewhere the answer comes from a broker or controller that knows all topics, and is what the caller wants to hear.
  if (unknownTopic.has(code) && to !== 'leader') return false;
  return elapsedMs < (patience.get(code) ?? Infinity);
}
