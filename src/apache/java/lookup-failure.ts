import type { BrokerError, Lookup } from '../../client/broker-error.js';
import { timedOutCall } from './client-failure.js';
import { JavaError } from './java-error.js';
import { kafkaException } from './kafka-exceptions.js';

const timeoutException = 'org.apache.kafka.common.errors.TimeoutException';

// What Kafka's client looks again for until its time is over.
const soughtAgain: ReadonlySet<string> = new Set([
  'COORDINATOR_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
]);

/** What Kafka's admin client throws where it finds no leader or coordinator to send a call to; `call` may end in its step. */
export function lookupFailure({ kafkaName }: BrokerError, { key, attempts }: Lookup, call: string): JavaError {
  if (soughtAgain.has(kafkaName)) {
    const step = typeof key === 'string' ? 'FIND_COORDINATOR' : 'METADATA';
    const name = `${call.replace(/\(api=\w+\)$/, '')}(api=${step})`;
    return new JavaError(timeoutException, timedOutCall(name, { now: Date.now(), attempts }));
  }
  const { javaClass } = kafkaException(kafkaName);
  return new JavaError(javaClass, typeof key === 'string' ? coordinatorText(kafkaName, key) : leaderText(kafkaName, key));
}

function coordinatorText(kafkaName: string, groupId: string): string {
  const key = `\`CoordinatorKey(idValue='${groupId}', type=GROUP)\``;
  if (kafkaName === 'GROUP_AUTHORIZATION_FAILED') {
    return `FindCoordinator request for groupId ${key} failed due to authorization failure`;
  }
  return `FindCoordinator request for key ${key} failed due to an unexpected error`;
}

function leaderText(kafkaName: string, { topic, partition }: Exclude<Lookup['key'], string>): string {
  const what = `Failed to fetch metadata for partition ${topic}-${partition} due to`;
  if (kafkaName === 'TOPIC_AUTHORIZATION_FAILED') return `${what} topic authorization failure`;
  if (kafkaName === 'INVALID_TOPIC_EXCEPTION') return `${what} invalid topic \`${topic}\``;
  return `${what} unexpected error for topic \`${topic}\``;
}
