import { expect, test } from 'vitest';
import { mapTopics } from '../../../../src/core/reset/map-topics.js';

const orders = { topic: 'orders', partition: 0, offset: 5n, leaderEpoch: 3, topicId: 'id', metadata: 'm', timestamp: 9n };
const bills = { topic: 'bills', partition: 1, offset: 6n, leaderEpoch: 4 };
const groups = [{ groupId: 'billing', entries: [orders, bills] }];

test('a topic takes its new name, without what belongs to the old log; the others stay as they are', () => {
  expect(mapTopics(groups, ['orders=primary.orders'])).toEqual([
    { groupId: 'billing', entries: [{ topic: 'primary.orders', partition: 0, offset: 5n, metadata: 'm', timestamp: 9n }, bills] },
  ]);
  expect(mapTopics(groups, [])).toEqual(groups);
  expect(mapTopics(groups, ['orders=bills', 'bills=orders'])[0]?.entries.map(({ topic }) => topic)).toEqual(['bills', 'orders']);
});

test.each([
  ['no pair', ['orders'], "--map-topic 'orders' is no pair of topics"],
  ['no new name', ['orders='], "--map-topic 'orders=' is no pair of topics"],
  ['no old name', ['=x'], "--map-topic '=x' is no pair of topics"],
  ['three names', ['a=b=c'], "--map-topic 'a=b=c' is no pair of topics"],
  ['a topic that the file does not have', ['stock=x'], "--map-topic: the file has no offsets of topic 'stock'"],
  [
    'a new name that no topic can have',
    ['orders=x*'],
    "--map-topic 'orders=x*': topic name 'x*' contains '*'; only letters, digits, '.', '_' and '-' are allowed",
  ],
  ['a topic mapped twice', ['orders=x', 'orders=y'], "--map-topic names topic 'orders' twice"],
  ['two topics that become one', ['orders=x', 'bills=x'], "--map-topic: topics 'orders' and 'bills' would both become 'x'"],
  [
    'a topic that becomes another of the file',
    ['orders=bills'],
    "--map-topic: topics 'orders' and 'bills' would both become 'bills'",
  ],
])('%s is refused', (_title, words, message) => {
  expect(() => mapTopics(groups, words)).toThrow(expect.objectContaining({ code: 'usage', message }));
});
