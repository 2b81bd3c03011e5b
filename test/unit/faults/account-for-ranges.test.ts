import { expect, test } from 'vitest';
import { accountForRanges } from '../../faults/account-for-ranges.js';

const found = [0n, 1n, 2n, 3n].map((offset) => ({ partition: 0, offset, value: `topic ${offset}` }));
const range = (first: bigint, last: bigint) => ({ partition: 0, first, last });

test('ranges that touch leave nothing out', () => {
  const flawless = { acknowledged: 4, skipped: 0, behind: 0, duplicated: 0, invented: 0 };
  expect(accountForRanges([range(0n, 1n), range(2n, 3n)], found)).toEqual(flawless);
});

test('a hole between ranges was passed over, what comes behind them was not read yet', () => {
  expect(accountForRanges([range(0n, 0n), range(2n, 2n)], found)).toMatchObject({ skipped: 1, behind: 1 });
});

test('an offset told of twice is a duplicate; one without a record was invented', () => {
  expect(accountForRanges([range(0n, 2n), range(2n, 4n)], found)).toMatchObject({ duplicated: 1, invented: 1 });
});

test('a partition never told of was not read yet', () => {
  expect(accountForRanges([{ partition: 1, first: 0n, last: 0n }], found)).toMatchObject({ skipped: 0, behind: 4, invented: 1 });
});
