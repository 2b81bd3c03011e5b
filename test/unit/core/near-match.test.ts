import { expect, test } from 'vitest';
import { nearMatch } from '../../../src/core/near-match.js';

const names = ['retention.ms', 'retention.bytes', 'cleanup.policy', 'min.insync.replicas'];

test.each([
  ['retention.mss', 'retention.ms'],
  ['Retention.MS', 'retention.ms'],
  ['cleanup.polciy', 'cleanup.policy'],
  ['min.isr', undefined],
  ['x', undefined],
  ['', undefined],
])('%j is near %j', (word, expected) => {
  expect(nearMatch(word, names)).toBe(expected);
});
