import { expect, test } from 'vitest';
import { findUntold, toldStatuses } from '../../faults/told-statuses.js';

test('a change that is told of as done, or as perhaps done, is no surprise; one told of as failed, or not at all, is', () => {
  const told = toldStatuses([
    { partition: 0, status: 'written' },
    { partition: 1, status: 'unknown' },
    { partition: 2, status: 'failed' },
    { partition: 3, status: 'not-tried' },
  ]);
  expect(findUntold([0, 1, 2, 3, 4], told)).toEqual([2, 3, 4]);
});
