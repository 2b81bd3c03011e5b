import { expect, test } from 'vitest';
import { computeLeaderBalance } from '../../../../src/core/topics/leader-balance.js';

test('leaders, preferred leaders and replicas are counted for each broker, also for those that lead nothing', () => {
  const partitions = [
    { partition: 0, leader: 1, replicas: [1, 2], isr: [1, 2] },
    { partition: 1, leader: 1, replicas: [2, 1], isr: [1] },
    { partition: 2, leader: undefined, replicas: [4], isr: [] },
  ];
  expect(computeLeaderBalance(partitions, [3, 1])).toEqual({
    brokers: [
      { broker: 1, leaders: 2, preferredLeaders: 1, replicas: 2 },
      { broker: 2, leaders: 0, preferredLeaders: 1, replicas: 2 },
      { broker: 3, leaders: 0, preferredLeaders: 0, replicas: 0 },
      { broker: 4, leaders: 0, preferredLeaders: 1, replicas: 1 },
    ],
    partitions: 3,
    leaderless: 1,
    notPreferred: 1,
  });
});
