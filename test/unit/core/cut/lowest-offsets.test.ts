import { expect, test } from 'vitest';
import { lowestOffsets } from '../../../../src/core/cut/lowest-offsets.js';

const entry = (partition: number, offset: bigint | 'high-watermark') => ({ topic: 'orders', partition, offset });

test('of several groups the lowest offset of each partition counts, and a number is lower than the end', () => {
  const groups = [
    { group: 'a', partitions: [entry(0, 30n), entry(1, 'high-watermark')] },
    { group: 'b', partitions: [entry(0, 20n), entry(1, 5n), entry(2, 'high-watermark')] },
    { group: 'c', partitions: [entry(0, 40n)] },
  ];
  expect(lowestOffsets({ groups })).toEqual([entry(0, 20n), entry(1, 5n), entry(2, 'high-watermark')]);
});
