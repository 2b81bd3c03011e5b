import { describe, expect, test } from 'vitest';
import { isRepeatable, shouldRetry } from '../../../src/client/retry-policy.js';
import { errorCode } from '../../../src/protocol/errors.js';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.js';
import { DeleteRecords } from '../../../src/protocol/messages/delete-records.js';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.js';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';

test.each([CreateTopics, DeleteTopics, DeleteRecords])('$name is not repeated after a lost answer', (message) => {
  expect(isRepeatable(message)).toBe(false);
});

test.each([Metadata, IncrementalAlterConfigs])('$name is repeated after a lost answer', (message) => {
  expect(isRepeatable(message)).toBe(true);
});

describe('an item is asked for again', () => {
  const asked = { to: 'leader', repeatable: true, elapsedMs: 0 } as const;

  test.each([
    ['NOT_CONTROLLER, for a change', errorCode.NOT_CONTROLLER, { ...asked, to: 'controller', repeatable: false }, true],
    ['REQUEST_TIMED_OUT, for a read', errorCode.REQUEST_TIMED_OUT, asked, true],
    ['REQUEST_TIMED_OUT, for a change', errorCode.REQUEST_TIMED_OUT, { ...asked, to: 'controller', repeatable: false }, false],
    ['THROTTLING_QUOTA_EXCEEDED, for a change', errorCode.THROTTLING_QUOTA_EXCEEDED, { ...asked, repeatable: false }, true],
    ['UNKNOWN_TOPIC_OR_PARTITION, from a leader', errorCode.UNKNOWN_TOPIC_OR_PARTITION, asked, true],
    ['UNKNOWN_TOPIC_OR_PARTITION, after a second', errorCode.UNKNOWN_TOPIC_OR_PARTITION, { ...asked, elapsedMs: 1001 }, false],
    [
      'UNKNOWN_TOPIC_OR_PARTITION, from the controller',
      errorCode.UNKNOWN_TOPIC_OR_PARTITION,
      { ...asked, to: 'controller' },
      false,
    ],
    ['LEADER_NOT_AVAILABLE, at first', errorCode.LEADER_NOT_AVAILABLE, asked, true],
    ['LEADER_NOT_AVAILABLE, after 5 seconds', errorCode.LEADER_NOT_AVAILABLE, { ...asked, elapsedMs: 5001 }, false],
    ['COORDINATOR_LOAD_IN_PROGRESS, however long', errorCode.COORDINATOR_LOAD_IN_PROGRESS, { ...asked, elapsedMs: 50_000 }, true],
    ['TOPIC_ALREADY_EXISTS', errorCode.TOPIC_ALREADY_EXISTS, asked, false],
    ['success', 0, asked, false],
  ] as const)('after %s: %s', (_, code, options, expected) => {
    expect(shouldRetry(code, options)).toBe(expected);
  });
});
