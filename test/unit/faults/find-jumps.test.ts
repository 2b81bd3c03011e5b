import { expect, test } from 'vitest';
import { findJumps } from '../../faults/find-jumps.js';

const at = (partition: number, offset: bigint) => ({ partition, offset });

test('offsets one behind the other, whichever partitions they are of, are no jump', () => {
  expect(findJumps([at(0, 0n), at(1, 0n), at(0, 1n), at(1, 1n)])).toEqual([]);
});

test('a step over offsets, a step back and a late beginning are jumps', () => {
  expect(findJumps([at(0, 0n), at(0, 5n), at(0, 3n), at(1, 2n)])).toEqual([
    { partition: 0, from: 1n, to: 5n },
    { partition: 0, from: 6n, to: 3n },
    { partition: 1, from: 0n, to: 2n },
  ]);
});
