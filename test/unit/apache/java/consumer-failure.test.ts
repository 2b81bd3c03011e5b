import { expect, test } from 'vitest';
import { consumerFailure } from '../../../../src/apache/java/consumer-failure.js';
import { describeJavaError } from '../../../../src/apache/java/java-error.js';
import { brokerError } from '../../../../src/client/broker-error.js';
import { NoCommittedOffset } from '../../../../src/client/member/no-committed-offset.js';
import { errorCode } from '../../../../src/protocol/errors.js';

function told(error: unknown): string {
  return describeJavaError(consumerFailure(error, 'billing'));
}

test('a topic that must not be read is named', () => {
  const error = brokerError(errorCode.TOPIC_AUTHORIZATION_FAILED, undefined, 'cannot read').withTopic('orders');
  expect(told(error)).toBe('org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [orders]');
});

test('a name that no topic can have is named', () => {
  const error = brokerError(errorCode.INVALID_TOPIC_EXCEPTION, undefined, 'cannot read').withTopic('bad name');
  expect(told(error)).toBe('org.apache.kafka.common.errors.InvalidTopicException: Invalid topics: [bad name]');
});

test('a group that must not be joined is named', () => {
  const error = brokerError(errorCode.GROUP_AUTHORIZATION_FAILED, undefined, 'cannot join');
  expect(told(error)).toBe('org.apache.kafka.common.errors.GroupAuthorizationException: Not authorized to access group: billing');
});

test('every partition without an offset is named where no policy says where to start', () => {
  const partitions = [1, 0].map((partition) => ({ topic: 'orders', partition }));
  expect(told(new NoCommittedOffset('billing', partitions))).toBe(
    'org.apache.kafka.clients.consumer.NoOffsetForPartitionException: Undefined offset with no reset policy for partitions: [orders-0, orders-1]',
  );
});
