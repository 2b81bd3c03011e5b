import { BrokerError } from '../../client/broker-error.js';
import type { TopicPartition } from '../../protocol/message.js';
import { clientFailure, timedOutCall } from './client-failure.js';
import { JavaError } from './java-error.js';

const errors = 'org.apache.kafka.common.errors.';

/** Codes that Kafka's client asks again for until its time is over, and then tells as a call that timed out. */
const askedAgain: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'BROKER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'NETWORK_EXCEPTION',
]);

/**
 * What Kafka's client throws for one partition whose leader was to be asked: what the look-up of the leader ran into is told in
 * words of its own.
 */
export function leaderFailure(error: unknown, { topic, partition }: TopicPartition, call: string): JavaError {
  if (!(error instanceof BrokerError)) return clientFailure(error, `${call}(api=METADATA)`);
  const place = `${topic}-${partition}`;
  if (error.kafkaName === 'INVALID_TOPIC_EXCEPTION') {
    const text = `Failed to fetch metadata for partition ${place} due to invalid topic \`${topic}\``;
    return new JavaError(`${errors}InvalidTopicException`, text);
  }
  if (!askedAgain.has(error.kafkaName)) return clientFailure(error, call);
  return new JavaError(`${errors}TimeoutException`, timedOutCall(`${call}(api=METADATA)`, { now: Date.now(), attempts: 1 }));
}
