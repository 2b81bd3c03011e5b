import { describe, expect, test } from 'vitest';
import { describeGroups } from '../../../../src/operations/groups/describe-groups.js';
import { exportOffsets } from '../../../../src/operations/groups/export-offsets.js';
import { listGroups } from '../../../../src/operations/groups/list-groups.js';
import { listMembers } from '../../../../src/operations/groups/list-members.js';
import { describeLag } from '../../../../src/operations/lag/describe-lag.js';
import { CliError } from '../../../../src/core/errors.js';
import { parseGroupSelection } from '../../../../src/core/groups/group-selection.js';
import { DescribeGroups } from '../../../../src/protocol/messages/describe-groups.js';
import { ListGroups } from '../../../../src/protocol/messages/list-groups.js';
import { OffsetFetch } from '../../../../src/protocol/messages/offset-fetch.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeGroups } from '../../fakes/fake-groups.js';

const world = () =>
  new FakeGroups(
    { orders: { partitions: [{ start: 10n, end: 100n }, { end: 50n }] } },
    {
      billing: { commits: { 'orders 0': 40n, 'orders 1': 50n, 'gone 0': 7n } },
      stock: { members: ['m-1'], commits: { 'orders 0': 4n } },
      share: { type: 'Share', protocolType: 'share' },
      connect: { protocolType: 'connect' },
    },
  );
const everything = { selection: parseGroupSelection([]), states: [], types: [], withMembers: false };

test('list chooses by pattern, state and type, and counts members where asked', async () => {
  const names = async (change: object) =>
    (await listGroups(fakeContext(world()), { ...everything, ...change })).groups.map(({ groupId }) => groupId);
  expect(await names({})).toEqual(['billing', 'connect', 'share', 'stock']);
  expect(await names({ selection: parseGroupSelection(['b*', '/ock$/']) })).toEqual(['billing', 'stock']);
  expect(await names({ types: ['SHARE'] })).toEqual(['share']);
  expect(await names({ states: ['empty'], types: ['classic'] })).toEqual(['billing', 'connect', 'stock']);
  const counted = await listGroups(fakeContext(world()), {
    ...everything,
    selection: parseGroupSelection(['st*', 'share', 'nope']),
    withMembers: true,
  });
  expect(counted).toMatchObject({ groups: [{ memberCount: undefined }, { memberCount: 1 }], unmatched: ['nope'], incomplete: [] });
});

describe('where a broker does not list its groups', () => {
  const isLag = { isolation: 'read_uncommitted', withTime: false } as const;
  const lame = () =>
    world().answer(ListGroups, (_body, { broker }) => {
      if (broker !== 1) throw new CliError('connection', `broker ${broker ?? ''} is gone`);
      const group = { groupId: 'stock', protocolType: 'consumer', groupState: '', groupType: '' };
      return { throttleTimeMs: 0, errorCode: 0, groups: [group] };
    });

  test('list, describe, members and lag of all groups tell the others, and what they lack', async () => {
    const cluster = lame();
    const { groups } = await listGroups(fakeContext(cluster), everything);
    expect(groups).toMatchObject([{ groupId: 'stock', type: 'classic' }]);
    for (const answer of [
      listGroups(fakeContext(cluster), everything),
      describeGroups(fakeContext(cluster), 'all'),
      listMembers(fakeContext(cluster), 'all'),
      describeLag(fakeContext(cluster), { ...isLag, groups: 'all' }),
    ]) {
      const { groups: told, incomplete } = await answer;
      expect(told.map(({ groupId }) => groupId)).toEqual(['stock']);
      expect(incomplete.map(({ broker, error }) => `${broker ?? ''} ${error.message}`)).toEqual([
        '2 broker 2 is gone',
        '3 broker 3 is gone',
      ]);
    }
  });

  test('an answer about named groups lacks nothing, and the user is told', async () => {
    const context = fakeContext(lame());
    const { incomplete } = await describeLag(context, { ...isLag, groups: { groupIds: ['stock'] } });
    expect(incomplete).toEqual([]);
    expect(context.warnings[0]).toBe('broker 2 did not tell of its groups: broker 2 is gone');
  });

  test('an export of all groups fails, one of named groups does not', async () => {
    await expect(exportOffsets(fakeContext(lame()), 'all')).rejects.toMatchObject({
      code: 'connection',
      message: 'cannot export all groups: broker 2 did not tell of its groups: broker 2 is gone',
    });
    expect((await exportOffsets(fakeContext(lame()), { groupIds: ['stock'] })).groups).toHaveLength(1);
  });
});

test('groups that no broker holds now are a gap of their own', async () => {
  const cluster = new FakeGroups({ __consumer_offsets: { partitions: [{}, { leader: null }], internal: true } }, {});
  const { incomplete } = await listGroups(fakeContext(cluster), everything);
  expect(incomplete).toMatchObject([
    {
      broker: undefined,
      error: { message: expect.stringContaining('1 of 2 partitions of __consumer_offsets have no leader') as string },
    },
  ]);
});

test('groups whose members could not be counted are a gap', async () => {
  const cluster = new FakeGroups({}, { lost: { isLost: true } });
  const { groups, incomplete } = await listGroups(fakeContext(cluster), { ...everything, withMembers: true });
  expect(groups.map(({ groupId }) => groupId)).toEqual(['lost']);
  expect(incomplete).toMatchObject([{ error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } }]);
});

test('lag of a topic that is gone is unknown, and the rest is told', async () => {
  const options = { isolation: 'read_uncommitted', withTime: false } as const;
  const { groups } = await describeLag(fakeContext(world()), { ...options, groups: { groupIds: ['billing'] } });
  expect(groups[0]?.rows).toMatchObject([
    { topic: 'gone', state: 'unknown', lag: undefined, problem: expect.stringContaining('UNKNOWN_TOPIC_OR_PARTITION') as string },
    { topic: 'orders', partition: 0, lag: 60n },
    { topic: 'orders', partition: 1, lag: 0n },
  ]);
  expect(groups[0]?.sum).toEqual({ lag: 60n, lost: 0n, mostLag: undefined, partitions: 3, withoutLag: 1 });
});

test('a group whose coordinator is lost has an error, in lag and in describe', async () => {
  const cluster = new FakeGroups({ orders: {} }, { lost: { isLost: true } });
  const options = { isolation: 'read_uncommitted', withTime: false } as const;
  const { groups } = await describeLag(fakeContext(cluster), { ...options, groups: { groupIds: ['lost'] } });
  expect(groups).toMatchObject([{ groupId: 'lost', rows: [], error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } }]);
  expect(groups[0]).toMatchObject({ sum: undefined, topics: undefined });
  const { groups: described } = await describeGroups(fakeContext(cluster), { groupIds: ['lost'] });
  expect(described[0]).toMatchObject({ sum: undefined, memberCount: undefined });
  expect(described).toMatchObject([{ groupId: 'lost', state: '', error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } }]);
});

test('lag does not wait for pending transactional commits, an export does', async () => {
  const cluster = world();
  await describeGroups(fakeContext(cluster), { groupIds: ['billing'] });
  await exportOffsets(fakeContext(cluster), { groupIds: ['billing'] });
  expect(cluster.bodies(OffsetFetch).map(({ requireStable }) => requireStable)).toEqual([false, true]);
});

test('all groups means those that consume, and a share group by name is refused', async () => {
  expect((await describeGroups(fakeContext(world()), 'all')).groups.map(({ groupId }) => groupId)).toEqual(['billing', 'stock']);
  await expect(describeGroups(fakeContext(world()), { groupIds: ['share', 'connect'] })).rejects.toMatchObject({
    code: 'unsupported',
    message:
      "group 'share' is a share group; only 'groups list' knows those\ngroup 'connect' is of the 'connect' protocol, which has no committed offsets",
  });
});

test('an export that lacks a partition fails as a whole', async () => {
  const cluster = world();
  cluster.answer(OffsetFetch, ({ groups = [] }) => ({
    throttleTimeMs: 0,
    topics: [],
    errorCode: 0,
    groups: groups.map(({ groupId }) => ({
      groupId,
      errorCode: 0,
      topics: [
        {
          name: 'orders',
          partitions: [
            { partitionIndex: 0, committedOffset: 1n, committedLeaderEpoch: -1, metadata: '', errorCode: 0 },
            { partitionIndex: 1, committedOffset: -1n, committedLeaderEpoch: -1, metadata: '', errorCode: 29 },
          ],
        },
      ],
    })),
  }));
  await expect(exportOffsets(fakeContext(cluster), { groupIds: ['billing'] })).rejects.toMatchObject({ code: 'authorization' });
});

test('a member whose assignment cannot be read makes the lag of its group unknown, and says why', async () => {
  const cluster = world();
  cluster.answer(DescribeGroups, ({ groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map((groupId) => ({
      ...{ errorCode: 0, errorMessage: null, groupId, groupState: 'Stable', protocolType: 'consumer', protocolData: 'range' },
      members: [
        {
          ...{ memberId: 'm-1', groupInstanceId: null, clientId: 'app', clientHost: '/h' },
          ...{ memberMetadata: Buffer.alloc(0), memberAssignment: Buffer.from([9, 9, 9]) },
        },
      ],
      authorizedOperations: 0,
    })),
  }));
  const { groups } = await listMembers(fakeContext(cluster), { groupIds: ['stock'] });
  expect(groups[0]?.members).toMatchObject([{ assignment: undefined, assignmentError: { code: 'protocol' } }]);
  const { groups: described } = await describeGroups(fakeContext(cluster), { groupIds: ['stock'] });
  expect(described).toMatchObject([
    {
      memberCount: 1,
      sum: undefined,
      rows: [{ lag: 90n, lost: 6n }],
      error: { message: expect.stringContaining('m-1') as string },
    },
  ]);
});

test('a commit below zero is told, exported apart, and no place that a lag is counted from', async () => {
  const cluster = new FakeGroups({ orders: { partitions: [{ end: 9n }] } }, { odd: { commits: { 'orders 0': -1n } } });
  const { groups } = await describeGroups(fakeContext(cluster), { groupIds: ['odd'] });
  expect(groups).toMatchObject([
    { rows: [{ committed: -1n, state: 'below-zero', lag: undefined }], sum: { lag: undefined, mostLag: 9n } },
  ]);
  const file = await exportOffsets(fakeContext(cluster), { groupIds: ['odd'] });
  expect(file.groups).toEqual([{ group: 'odd', partitions: [], belowZero: [{ topic: 'orders', partition: 0, offset: -1n }] }]);
});
