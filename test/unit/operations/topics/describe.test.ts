import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { describeTopics, type DescribeTopicsInput } from '../../../../src/operations/topics/describe.js';
import { DescribeConfigs } from '../../../../src/protocol/messages/describe-configs.js';
import { DescribeTopicPartitions } from '../../../../src/protocol/messages/describe-topic-partitions.js';
import { ListPartitionReassignments } from '../../../../src/protocol/messages/list-partition-reassignments.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

const input = (change: Partial<DescribeTopicsInput> = {}): DescribeTopicsInput => ({
  topics: parseTopicSelection([]),
  includeInternal: false,
  filters: [],
  withOverrides: false,
  ...change,
});

const world = () =>
  new FakeTopics({
    good: { configs: { 'retention.ms': '5' } },
    bad: {
      partitions: [
        { leader: null, isr: [], elr: [2] },
        { leader: 2, isr: [2] },
        { replicas: [1, 2, 3, 4], isr: [1, 2, 3], adding: [4] },
      ],
    },
  });

test('partitions carry what all questions say about them, and the factor leaves out what is being added', async () => {
  const { topics, balance } = await describeTopics(fakeContext(world()), input({ topics: parseTopicSelection(['bad']) }));
  expect(topics).toMatchObject([
    {
      name: 'bad',
      id: 'id-of-bad',
      partitionCount: 3,
      replicationFactor: 3,
      partitions: [
        { partition: 0, leader: undefined, eligible: { elr: [2], lastKnownElr: [] }, addingReplicas: [] },
        { partition: 1, leader: 2, leaderEpoch: 7, isr: [2], eligible: undefined },
        { partition: 2, leader: 1, addingReplicas: [4] },
      ],
    },
  ]);
  expect(balance).toMatchObject({ partitions: 3, leaderless: 1, notPreferred: 1 });
});

test('settings come with where they come from', async () => {
  const { topics } = await describeTopics(fakeContext(world()), input({ topics: parseTopicSelection(['good']) }));
  expect(topics[0]?.configs?.map(({ name, value, source }) => `${name}=${value ?? ''} ${source}`)).toEqual([
    'cleanup.policy=delete default',
    'min.insync.replicas=1 default',
    'retention.ms=5 topic',
  ]);
});

describe('filters', () => {
  const found = async (change: Partial<DescribeTopicsInput>): Promise<string[]> => {
    const { topics } = await describeTopics(fakeContext(world()), input(change));
    return topics.flatMap(({ name, partitions }) => partitions.map(({ partition }) => `${name}-${partition}`));
  };

  test.each([
    {
      title: 'under-replicated passes over replicas that are being added',
      filters: ['underReplicated'],
      expected: ['bad-0', 'bad-1'],
    },
    { title: 'unavailable', filters: ['unavailable'], expected: ['bad-0'] },
    { title: 'at the minimum', filters: ['atMinIsr'], expected: ['bad-1'] },
    { title: 'several add up', filters: ['unavailable', 'atMinIsr'], expected: ['bad-0', 'bad-1'] },
  ] as const)('$title', async ({ filters, expected }) => {
    expect(await found({ filters })).toEqual(expected);
  });

  test('with overrides', async () => {
    expect(await found({ withOverrides: true })).toEqual(['good-0']);
  });
});

test('a broker that does not know eligible replicas, and a right that is missing, cost only what they tell', async () => {
  const cluster = world()
    .answer(DescribeTopicPartitions, () => {
      throw new CliError('unsupported', 'too old');
    })
    .answer(ListPartitionReassignments, () => ({ throttleTimeMs: 0, errorCode: 31, errorMessage: null, topics: [] }))
    .answer(DescribeConfigs, ({ resources }) => ({
      throttleTimeMs: 0,
      results: resources.map(({ resourceType, resourceName }) => ({
        errorCode: 29,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: [],
      })),
    }));
  const ctx = fakeContext(cluster);
  const { topics } = await describeTopics(ctx, input({ topics: parseTopicSelection(['good']) }));
  expect(topics).toMatchObject([{ name: 'good', configs: undefined, partitions: [{ eligible: undefined }] }]);
  expect(ctx.warnings).toEqual([expect.stringContaining("cannot read the configs of topic 'good'")]);
});

test('eligible replicas are read page by page', async () => {
  const cluster = new FakeTopics({ a: { partitions: [{}, {}] }, b: {} });
  const base = { errorCode: 0, topicId: 'x', isInternal: false, topicAuthorizedOperations: 0 };
  const partition = (partitionIndex: number, elr: number) => ({
    ...{ errorCode: 0, partitionIndex, leaderId: 1, leaderEpoch: 0, replicaNodes: [], isrNodes: [], offlineReplicas: [] },
    eligibleLeaderReplicas: [elr],
    lastKnownElr: [],
  });
  cluster.answer(DescribeTopicPartitions, ({ cursor }) =>
    cursor === null || cursor === undefined
      ? {
          throttleTimeMs: 0,
          topics: [{ ...base, name: 'a', partitions: [partition(0, 10)] }],
          nextCursor: { topicName: 'a', partitionIndex: 1 },
        }
      : {
          throttleTimeMs: 0,
          topics: [
            { ...base, name: 'a', partitions: [partition(1, 11)] },
            { ...base, name: 'b', partitions: [partition(0, 12)] },
          ],
          nextCursor: null,
        },
  );
  const { topics } = await describeTopics(fakeContext(cluster), input());
  expect(topics.flatMap(({ partitions }) => partitions.map(({ eligible }) => eligible?.elr))).toEqual([[10], [11], [12]]);
});
