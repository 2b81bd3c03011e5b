import { BrokerError } from '../../client/broker-error.js';
import { NoCommittedOffset } from '../../client/member/no-committed-offset.js';
import { clientFailure } from './client-failure.js';
import { partitionHashOrder } from './hash-order.js';
import { JavaError, toJavaError } from './java-error.js';

/** What `poll` of Kafka's consumer throws, which names the topic or group that it must not read or join. */
export function consumerFailure(error: unknown, groupId: string): JavaError {
  if (error instanceof NoCommittedOffset) {
    const names = partitionHashOrder(error.partitions).map(({ topic, partition }) => `${topic}-${partition}`);
    const text = `Undefined offset with no reset policy for partitions: [${names.join(', ')}]`;
    return new JavaError('org.apache.kafka.clients.consumer.NoOffsetForPartitionException', text);
  }
  if (!(error instanceof BrokerError)) return clientFailure(error, 'poll');
  const thrown = toJavaError(error);
  const text = consumerText(error, groupId);
  return text === undefined ? thrown : new JavaError(thrown.javaClass, text);
}

function consumerText({ kafkaName, topic }: BrokerError, groupId: string): string | undefined {
  if (kafkaName === 'GROUP_AUTHORIZATION_FAILED') return `Not authorized to access group: ${groupId}`;
  if (topic === undefined) return undefined;
  if (kafkaName === 'TOPIC_AUTHORIZATION_FAILED') return `Not authorized to access topics: [${topic}]`;
  if (kafkaName === 'INVALID_TOPIC_EXCEPTION') return `Invalid topics: [${topic}]`;
  return undefined;
}
