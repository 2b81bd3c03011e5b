import { expect, test } from 'vitest';
import { callFailure } from '../../../../src/apache/kafka-consumer-groups/call-failure.js';
import { leaderFailure } from '../../../../src/apache/java/leader-failure.js';
import { describeJavaError } from '../../../../src/apache/java/java-error.js';
import { brokerError } from '../../../../src/client/broker-error.js';
import { errorCode, type KafkaErrorName } from '../../../../src/protocol/errors.js';

const errors = 'org.apache.kafka.common.errors.';
const orders = { topic: 'orders', partition: 3 };

function lookupError(name: KafkaErrorName, key: string | typeof orders): ReturnType<typeof brokerError> {
  return brokerError(errorCode[name], undefined, 'cannot').withLookup({ key, attempts: 61 });
}

test.each<[KafkaErrorName, string]>([
  [
    'GROUP_AUTHORIZATION_FAILED',
    "GroupAuthorizationException: FindCoordinator request for groupId `CoordinatorKey(idValue='billing', type=GROUP)` failed due to authorization failure",
  ],
  [
    'INVALID_GROUP_ID',
    "InvalidGroupIdException: FindCoordinator request for key `CoordinatorKey(idValue='billing', type=GROUP)` failed due to an unexpected error",
  ],
])('a coordinator that is not found because of %s is told as the look-up', (name, text) => {
  expect(describeJavaError(callFailure(lookupError(name, 'billing'), 'describe(api=LIST)'))).toBe(errors + text);
});

test('the same code in the answer to the call itself is told by the words of the code', () => {
  const answered = brokerError(errorCode.GROUP_AUTHORIZATION_FAILED, undefined, 'cannot');
  expect(callFailure(answered, 'describe').message).toBe('Group authorization failed.');
});

test.each<[KafkaErrorName, string]>([
  [
    'TOPIC_AUTHORIZATION_FAILED',
    'TopicAuthorizationException: Failed to fetch metadata for partition orders-3 due to topic authorization failure',
  ],
  [
    'INVALID_TOPIC_EXCEPTION',
    'InvalidTopicException: Failed to fetch metadata for partition orders-3 due to invalid topic `orders`',
  ],
])('a leader that is not found because of %s is told as the look-up', (name, text) => {
  expect(describeJavaError(leaderFailure(lookupError(name, orders), 'deleteRecords'))).toBe(errors + text);
});

test('a partition that was sought until time was over tells how often it was sought', () => {
  const { message } = leaderFailure(lookupError('UNKNOWN_TOPIC_OR_PARTITION', orders), 'deleteRecords');
  expect(message).toMatch(/^Call\(callName=deleteRecords\(api=METADATA\), deadlineMs=\d+, tries=61, .* after 61 attempt\(s\)$/);
});
