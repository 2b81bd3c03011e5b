import { describe, expect, test } from 'vitest';
import {
  accountForConsumed,
  accountForPlaced,
  accountForProduced,
  skippedByCommits,
  type FoundRecord,
} from '../../faults/ledger.js';

function found(...values: (readonly [partition: number, line: number])[]): FoundRecord[] {
  return values.map(([partition, line], index) => ({ partition, offset: BigInt(index), value: `topic ${line}` }));
}

describe('what a producer wrote', () => {
  test('every line once and in order is an account without a flaw', () => {
    const account = accountForProduced(3, [], found([0, 1], [1, 2], [0, 3]));
    expect(account).toEqual({ acknowledged: 3, missing: 0, duplicated: 0, reordered: 0 });
  });

  test('a line that is not there is missing, unless it was said not to be acknowledged', () => {
    expect(accountForProduced(4, [], found([0, 1], [0, 4]))).toMatchObject({ acknowledged: 4, missing: 2 });
    expect(accountForProduced(4, [{ first: 2, last: 3 }], found([0, 1], [0, 4]))).toMatchObject({ acknowledged: 2, missing: 0 });
  });

  test('a doubtful line that is there is no flaw, but twice is one', () => {
    const doubtful = [{ first: 2, last: 2 }];
    expect(accountForProduced(2, doubtful, found([0, 1], [0, 2]))).toMatchObject({ duplicated: 0 });
    expect(accountForProduced(2, doubtful, found([0, 1], [0, 2], [1, 2]))).toMatchObject({ duplicated: 1 });
  });

  test('an earlier line behind a later one of its partition is out of order; across partitions nothing is', () => {
    expect(accountForProduced(3, [], found([0, 2], [0, 1], [0, 3]))).toMatchObject({ reordered: 1 });
    expect(accountForProduced(3, [], found([0, 2], [1, 1], [0, 3]))).toMatchObject({ reordered: 0 });
  });
});

describe('what a reader printed', () => {
  const there = found([0, 1], [0, 2], [1, 3]);

  test('all of it, once and in order, is an account without a flaw', () => {
    const account = accountForConsumed(
      there,
      [there[2], there[0], there[1]].filter((record) => record !== undefined),
    );
    expect(account).toEqual({ acknowledged: 3, missing: 0, duplicated: 0, reordered: 0, invented: 0 });
  });

  test('what was skipped, repeated, turned round and made up is counted', () => {
    const [first, second] = there;
    if (first === undefined || second === undefined) throw new Error('three records were found');
    expect(accountForConsumed(there, [second, first, second])).toMatchObject({ missing: 1, duplicated: 1, reordered: 1 });
    expect(accountForConsumed(there, [{ partition: 0, offset: 9n, value: 'topic 9' }])).toMatchObject({ missing: 3, invented: 1 });
  });
});

describe('what a producer said where it wrote', () => {
  const there = found([0, 1], [0, 2]);

  test('a record at its place is an account without a flaw', () => {
    expect(accountForPlaced(there, there)).toEqual({ acknowledged: 2, missing: 0, duplicated: 0, reordered: 0, moved: 0 });
  });

  test('one that is elsewhere was moved, one that is nowhere is missing, one that is there twice is a duplicate', () => {
    const said = [...there, { partition: 0, offset: 7n, value: 'topic 9' }];
    expect(accountForPlaced(said, found([1, 1], [0, 2], [0, 2]))).toMatchObject({ missing: 1, moved: 1, duplicated: 1 });
  });
});

describe('what a group committed', () => {
  const there = found([0, 1], [0, 2]);

  test('a record below the committed offset that nobody printed was skipped', () => {
    expect([...skippedByCommits(there, there.slice(0, 1), 'orders', new Map([['orders-0', 2n]]))]).toEqual([
      '1 records below the committed offsets were never printed',
    ]);
    expect([...skippedByCommits(there, there.slice(0, 1), 'orders', new Map([['orders-0', 1n]]))]).toEqual([]);
  });

  test('to commit nothing where records were is a flaw', () => {
    expect([...skippedByCommits(there, there, 'orders', new Map())]).toEqual(['nothing is committed']);
  });
});
