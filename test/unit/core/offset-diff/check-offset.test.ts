import { expect, test } from 'vitest';
import { checkOffset, checkTopic } from '../../../../src/core/offset-diff/check-offset.js';

const bounds = { start: 10n, end: 20n };

test.each([
  { offset: 9n, fit: 'below-start' },
  { offset: 10n, fit: 'fits' },
  { offset: 20n, fit: 'fits' },
  { offset: 21n, fit: 'beyond-end' },
  { offset: 'high-watermark', fit: 'fits' },
] as const)('offset $offset in a log from 10 to 20: $fit', ({ offset, fit }) => {
  expect(checkOffset(offset, bounds)).toBe(fit);
});

const entry = { topic: 'orders', partition: 1, offset: 5n };
const topic = { id: 'a', partitions: [{ partition: 0 }, { partition: 1 }] };

test.each([
  { title: 'a topic that is not there', own: entry, known: undefined, fit: 'unknown-topic' },
  { title: 'a partition that is not there', own: { ...entry, partition: 2 }, known: topic, fit: 'unknown-partition' },
  { title: 'a topic with another id', own: { ...entry, topicId: 'b' }, known: topic, fit: 'other-topic' },
  { title: 'the same topic', own: { ...entry, topicId: 'a' }, known: topic, fit: undefined },
  { title: 'a cluster that tells no ids', own: { ...entry, topicId: 'b' }, known: { ...topic, id: undefined }, fit: undefined },
])('$title: $fit', ({ own, known, fit }) => {
  expect(checkTopic(own, known)).toBe(fit);
});
