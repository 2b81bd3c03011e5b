import { expect, test } from 'vitest';
import { describeDifferences, type WantedShape } from '../../../../src/core/topics/describe-differences.js';

const there = {
  replicas: [
    [1, 2],
    [2, 3],
  ],
  configs: new Map([['retention.ms', '5']]),
};
const differences = (wanted: Partial<WantedShape>) =>
  describeDifferences(there, {
    partitions: undefined,
    replicationFactor: undefined,
    assignment: undefined,
    configs: [],
    ...wanted,
  });

test.each<[string, Partial<WantedShape>, string[]]>([
  ['nothing asked', {}, []],
  ['what is there', { partitions: 2, replicationFactor: 2, configs: [{ name: 'retention.ms', value: '5' }] }, []],
  ['what is there, broker by broker', { assignment: there.replicas }, []],
  ['other counts', { partitions: 3, replicationFactor: 1 }, ['2 partitions, not 3', 'replication factor 2, not 1']],
  [
    'other brokers',
    {
      assignment: [
        [1, 2],
        [3, 2],
        [1, 2],
      ],
    },
    ['2 partitions, not 3', 'partition 1 on brokers 2:3, not 3:2'],
  ],
  [
    'other settings',
    {
      configs: [
        { name: 'retention.ms', value: '6' },
        { name: 'x', value: '1' },
      ],
    },
    ['retention.ms=5, not 6', 'no setting x'],
  ],
])('a topic beside %s', (_title, wanted, expected) => {
  expect(differences(wanted)).toEqual(expected);
});

test('settings that were not read are not told of', () => {
  const wanted = { partitions: 2, replicationFactor: undefined, assignment: undefined, configs: [{ name: 'x', value: '1' }] };
  expect(describeDifferences({ ...there, configs: undefined }, wanted)).toEqual([]);
});
