import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeOffsetDiff } from '../../../../src/core/offset-diff/compute-offset-diff.js';
import type { OffsetEntry, OffsetGroup } from '../../../../src/core/offset-file/offset-file.js';

const entry = (partition: number, offset: OffsetEntry['offset'], rest: Partial<OffsetEntry> = {}): OffsetEntry => ({
  topic: 'orders',
  partition,
  offset,
  ...rest,
});
const flat = (...partitions: OffsetEntry[]): OffsetGroup[] => [{ partitions }];

test('each partition has its difference, and partitions of one side are named', () => {
  const diff = computeOffsetDiff(flat(entry(0, 5n), entry(1, 9n), entry(2, 1n)), flat(entry(3, 4n), entry(1, 7n), entry(0, 5n)));
  expect(diff).toMatchObject({
    total: -2n,
    isEqual: false,
    rows: [
      { partition: 0, from: 5n, to: 5n, difference: 0n, state: 'same' },
      { partition: 1, from: 9n, to: 7n, difference: -2n, state: 'changed' },
      { partition: 2, from: 1n, to: undefined, difference: undefined, state: 'only-from' },
      { partition: 3, from: undefined, to: 4n, difference: undefined, state: 'only-to' },
    ],
  });
});

test('offsets of a topic that was created anew are not compared', () => {
  const diff = computeOffsetDiff(flat(entry(0, 5n, { topicId: 'a' })), flat(entry(0, 5n, { topicId: 'b' })));
  expect(diff).toMatchObject({ isEqual: false, rows: [{ state: 'other-topic', difference: undefined }] });
});

test('the high watermark is the same as itself only', () => {
  const diff = computeOffsetDiff(
    flat(entry(0, 'high-watermark'), entry(1, 'high-watermark')),
    flat(entry(0, 'high-watermark'), entry(1, 3n)),
  );
  expect(diff.rows).toMatchObject([{ state: 'same' }, { state: 'changed', difference: undefined }]);
});

test('two groups of different names are compared with each other, several by name', () => {
  const one = { group: 'a', partitions: [entry(0, 1n)] };
  const other = { group: 'b', partitions: [entry(0, 1n)] };
  expect(computeOffsetDiff([one], [other])).toMatchObject({ isEqual: true, rows: [{ group: 'a' }] });
  expect(computeOffsetDiff([one, other], [other]).rows).toMatchObject([
    { group: 'a', state: 'only-from' },
    { group: 'b', state: 'same' },
  ]);
});

const partitions = fc
  .uniqueArray(fc.tuple(fc.nat(20), fc.bigInt(0n, 2n ** 62n)), { selector: ([partition]) => partition })
  .map((entries) => entries.map(([partition, offset]) => entry(partition, offset)));

test('turning the files around turns every difference around, and a file is equal to itself', () => {
  fc.assert(
    fc.property(partitions, partitions, (one, other) => {
      const there = computeOffsetDiff(flat(...one), flat(...other));
      const back = computeOffsetDiff(flat(...other), flat(...one));
      expect(back.total).toBe(there.total === undefined ? undefined : -there.total);
      expect(back.rows.map(({ difference }) => difference)).toEqual(
        there.rows.map(({ difference }) => (difference === undefined ? undefined : -difference)),
      );
      expect(computeOffsetDiff(flat(...one), flat(...one))).toMatchObject({ isEqual: true, total: 0n });
    }),
  );
});
