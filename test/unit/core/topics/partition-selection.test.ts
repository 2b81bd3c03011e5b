import { expect, test } from 'vitest';
import { parsePartitionList, parsePartitionSelection, selectPartitions } from '../../../../src/core/topics/partition-selection.js';

const topic = (name: string, count: number) => ({
  name,
  internal: false,
  partitions: Array.from({ length: count }, (_, partition) => ({ partition })),
});
const orders = topic('orders', 3);
const ordersOld = topic('orders-old', 1);

function pick(words: string[], partitions?: number[]): Record<string, { partitions: number[]; missing: readonly number[] }> {
  const picked = selectPartitions([orders, ordersOld], parsePartitionSelection(words, { partitions }));
  return Object.fromEntries(
    picked.map(({ topic: { name }, partitions: own, missing }) => [
      name,
      { partitions: own.map(({ partition }) => partition), missing },
    ]),
  );
}

test.each([
  { words: ['orders'], orders: [0, 1, 2] },
  { words: ['orders:0,2'], orders: [0, 2] },
  { words: ['orders:2', 'orders:0'], orders: [0, 2] },
  { words: ['orders:2', 'orders'], orders: [0, 1, 2] },
  { words: ['orders*:0'], orders: [0], old: [0] },
  { words: ['/^ord.*s$/:1'], orders: [1] },
  { words: ['/^(?:orders)$/'], orders: [0, 1, 2] },
])('$words picks its partitions', ({ words, orders: wanted, old = [] }) => {
  expect(pick(words)).toEqual({ orders: { partitions: wanted, missing: [] }, 'orders-old': { partitions: old, missing: [] } });
});

test('--partition counts for the words that name none of their own, and for all topics without a word', () => {
  expect(pick(['orders', 'orders-old:0'], [1])).toMatchObject({ orders: { partitions: [1] }, 'orders-old': { partitions: [0] } });
  expect(pick([], [1])).toMatchObject({ orders: { partitions: [1] }, 'orders-old': { partitions: [], missing: [] } });
});

test('a partition named with a topic must be there; a pattern picks what there is', () => {
  expect(pick(['orders:7,1', 'orders-*:7'])).toEqual({
    orders: { partitions: [1], missing: [7] },
    'orders-old': { partitions: [], missing: [] },
  });
});

test.each(['', 'x', '-1', '1,,2', '1.5', '2147483648'])('the list %j is refused', (text) => {
  expect(() => parsePartitionList(text, '--partition')).toThrow(/^--partition: '.*' is no partition$/);
});
