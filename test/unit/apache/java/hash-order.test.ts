import { expect, test } from 'vitest';
import { javaHashOrder } from '../../../../src/apache/java/hash-order.js';

/** One of 64 names that all have the same hash: `Aa` and `BB` have. */
function colliding(number: number): string {
  return [5, 4, 3, 2, 1, 0].map((bit) => (((number >> bit) & 1) === 0 ? 'Aa' : 'BB')).join('');
}

// As Java 17 iterates over a HashSet made for `capacity`, filled with colliding(0), colliding(37), colliding(74 % 64) and so on,
// and with topic-0, topic-1 and so on after them.
const recorded = [
  { colliding: 8, others: 0, capacity: 16, order: [0, 37, 10, 47, 20, 57, 30, 3] },
  { colliding: 9, others: 0, capacity: 16, order: [0, 37, 10, 47, 20, 57, 30, 3, 40] },
  { colliding: 12, others: 0, capacity: 16, order: [37, 0, 10, 47, 20, 57, 30, 23, 3, 40, 13, 50] },
  {
    colliding: 30,
    others: 0,
    capacity: 16,
    order: [37, 0, 2, 10, 47, 20, 57, 60, 63, 30, 33, 36, 23, 26, 29, 3, 6, 9, 40, 39, 43, 46, 13, 12, 16, 19, 50, 49, 53, 56],
  },
  { colliding: 20, others: 60, capacity: 16, order: [37, 0, 10, 47, 20, 57, 60, 63, 30, 33, 23, 26, 3, 6, 40, 43, 13, 16, 50, 53] },
  {
    colliding: 64,
    others: 0,
    capacity: 16,
    order: [
      37, 0, 2, 1, 10, 47, 20, 57, 60, 59, 58, 63, 62, 61, 30, 33, 32, 31, 36, 35, 34, 23, 25, 24, 22, 21, 26, 29, 28, 27, 3, 6, 5,
      4, 9, 8, 7, 40, 42, 41, 39, 38, 43, 46, 45, 44, 13, 15, 14, 12, 11, 16, 19, 18, 17, 50, 52, 51, 49, 48, 53, 56, 55, 54,
    ],
  },
  { colliding: 12, others: 0, capacity: 128, order: [37, 10, 0, 47, 20, 13, 57, 50, 30, 23, 3, 40] },
];

test.each(recorded)(
  '$colliding names of one hash among $others others, in a table for $capacity, come in the order of Java',
  ({ colliding: count, others, capacity, order }) => {
    const names = Array.from({ length: count }, (_, at) => colliding((at * 37) % 64));
    const more = Array.from({ length: others }, (_, at) => `topic-${at}`);
    const sorted = javaHashOrder([...names, ...more], capacity);
    expect(sorted.filter((name) => !name.startsWith('topic-'))).toEqual(order.map(colliding));
    expect(sorted).toHaveLength(count + others);
  },
);

test('nine names of one hash double a small table, which moves the others', () => {
  const names = Array.from({ length: 9 }, (_, at) => colliding(at));
  const topics = Array.from({ length: 8 }, (_, at) => `topic-${at}`);
  expect(javaHashOrder([...names, ...topics]).join(', ')).toBe(
    'topic-6, topic-7, topic-0, topic-1, topic-2, topic-3, topic-4, topic-5, AaAaAaAaAaAa, AaAaAaAaAaBB, AaAaAaAaBBAa, AaAaAaAaBBBB, AaAaAaBBAaAa, AaAaAaBBAaBB, AaAaAaBBBBAa, AaAaAaBBBBBB, AaAaBBAaAaAa',
  );
});

test('names that do not collide come slot by slot, each once', () => {
  expect(javaHashOrder(['b', 'a', 'c', 'a'])).toEqual(['a', 'b', 'c']);
});
