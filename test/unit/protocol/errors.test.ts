import { expect, test } from 'vitest';
import { errorCode, kafkaError } from '../../../src/protocol/errors.js';
import { isWorthRetrying } from '../../../src/protocol/is-worth-retrying.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.js';
import { Heartbeat } from '../../../src/protocol/messages/heartbeat.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';

test('every code from -1 to the newest of Kafka 4.3 is known, each with a name of its own', () => {
  const codes = Object.values(errorCode).sort((left, right) => left - right);
  expect(codes).toEqual(Array.from({ length: 135 }, (_, index) => index - 1));
  for (const [name, code] of Object.entries(errorCode)) expect(kafkaError(code)).toMatchObject({ code, name });
});

test('a code newer than the table is final and named by its number', () => {
  expect(kafkaError(999)).toEqual({
    code: 999,
    name: 'UNKNOWN_CODE_999',
    retriable: false,
    refresh: undefined,
    message: 'error code 999',
  });
});

test.each([
  ['NOT_LEADER_OR_FOLLOWER', true, 'metadata'],
  ['NOT_CONTROLLER', true, 'metadata'],
  ['NOT_COORDINATOR', true, 'coordinator'],
  ['COORDINATOR_LOAD_IN_PROGRESS', true, undefined],
  ['INVALID_REPLICATION_FACTOR', false, undefined],
  ['ELECTION_NOT_NEEDED', false, undefined],
] as const)('%s: retriable %s, looks up %s again', (name, retriable, refresh) => {
  expect(kafkaError(errorCode[name])).toMatchObject({ retriable, refresh });
});

test.each([
  [
    'an unknown topic is retried at a leader, whose metadata may be behind',
    ListOffsets,
    errorCode.UNKNOWN_TOPIC_OR_PARTITION,
    true,
  ],
  ['an unknown topic is the answer where configs are asked', DescribeConfigs, errorCode.UNKNOWN_TOPIC_OR_PARTITION, false],
  ['a controller that has moved is found again', CreateTopics, errorCode.NOT_CONTROLLER, true],
  ['a quota that is used up is waited for', CreateTopics, errorCode.THROTTLING_QUOTA_EXCEEDED, true],
  ['a topic that exists stays so', CreateTopics, errorCode.TOPIC_ALREADY_EXISTS, false],
  ['a coordinator that has moved is found again', Heartbeat, errorCode.NOT_COORDINATOR, true],
])('%s', (_title, message, code, expected) => {
  expect(isWorthRetrying(code, message)).toBe(expected);
});
