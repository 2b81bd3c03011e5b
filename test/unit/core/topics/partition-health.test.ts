import { describe, expect, test } from 'vitest';
import { matchesFilter, partitionFilters, replicationFactor } from '../../../../src/core/topics/partition-health.js';
import type { PartitionReplicas } from '../../../../src/core/topics/partition-health.js';

const healthy: PartitionReplicas = { partition: 0, leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3] };

function filtersMatching(change: Partial<PartitionReplicas>, minIsr: number | undefined = 2): string[] {
  const context = { liveBrokers: new Set([1, 2, 3]), minIsr };
  return partitionFilters.filter((filter) => matchesFilter({ ...healthy, ...change }, filter, context));
}

describe('matchesFilter', () => {
  test.each([
    { title: 'a partition in order matches no filter', change: {}, matches: [] },
    {
      title: 'a missing replica is under-replicated and may be at the minimum',
      change: { isr: [1, 2] },
      matches: ['underReplicated', 'atMinIsr'],
    },
    { title: 'fewer in sync than the minimum', change: { isr: [1] }, matches: ['underReplicated', 'underMinIsr'] },
    { title: 'no leader', change: { leader: undefined }, matches: ['unavailable', 'underMinIsr'] },
    { title: 'a leader that is not up', change: { leader: 9 }, matches: ['unavailable'] },
    { title: 'replicas being added are not missed', change: { replicas: [1, 2, 3, 4], addingReplicas: [4] }, matches: [] },
  ])('$title', ({ change, matches }) => {
    expect(filtersMatching(change)).toEqual(matches);
  });

  test('an unknown minimum matches neither filter about it while there is a leader', () => {
    const context = { liveBrokers: new Set([1]), minIsr: undefined };
    expect(partitionFilters.filter((filter) => matchesFilter({ ...healthy, isr: [1] }, filter, context))).toEqual([
      'underReplicated',
    ]);
  });
});

test('the replication factor leaves out replicas that are being added', () => {
  expect(replicationFactor({ ...healthy, replicas: [1, 2, 4, 5], addingReplicas: [4, 5] })).toBe(2);
});
