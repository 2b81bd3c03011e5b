import { expect, test } from 'vitest';
import { errorCode, kafkaError } from '../../../src/protocol/errors.js';

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
