import { expect, test } from 'vitest';
import { brokerError } from '../../../src/client/broker-error.js';
import { errorCode } from '../../../src/protocol/errors.js';

test("the broker's own message is kept, with Kafka's name behind it", () => {
  const error = brokerError(errorCode.INVALID_REPLICATION_FACTOR, 'only 1 broker(s) are registered.', "cannot create topic 'a'");
  expect(error.message).toBe("cannot create topic 'a': only 1 broker(s) are registered (INVALID_REPLICATION_FACTOR)");
  expect(error).toMatchObject({ code: 'broker', kafkaCode: 38, kafkaName: 'INVALID_REPLICATION_FACTOR' });
  expect(error.hint).toContain('leave it out');
});

test('without a message the code explains itself', () => {
  expect(brokerError(errorCode.NOT_CONTROLLER, null, 'x').message).toBe('x: the broker is not the controller (NOT_CONTROLLER)');
});

test.each([
  ['a missing topic', errorCode.UNKNOWN_TOPIC_OR_PARTITION, 'not-found'],
  ['a missing right', errorCode.GROUP_AUTHORIZATION_FAILED, 'authorization'],
  ['a refused login', errorCode.SASL_AUTHENTICATION_FAILED, 'authentication'],
  ['a version nobody speaks', errorCode.UNSUPPORTED_VERSION, 'unsupported'],
  ['anything else', errorCode.INVALID_CONFIG, 'broker'],
])('%s has a class of its own', (_, code, expected) => {
  expect(brokerError(code, null, 'x').code).toBe(expected);
});

test('a code newer than the table is named by its number', () => {
  expect(brokerError(999, null, 'x').kafkaName).toBe('UNKNOWN_CODE_999');
});
