import { expect, test } from 'vitest';
import { describeGroups } from '../../../../src/operations/groups/describe-groups.js';
import { exportOffsets } from '../../../../src/operations/groups/export-offsets.js';
import { listGroups } from '../../../../src/operations/groups/list-groups.js';
import { describeLag } from '../../../../src/operations/lag/describe-lag.js';
import { CliError } from '../../../../src/core/errors.js';
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
const everything = { words: [], states: [], types: [], withMembers: false };

test('list chooses by pattern, state and type, and counts members where asked', async () => {
  const names = async (change: object) =>
    (await listGroups(fakeContext(world()), { ...everything, ...change })).groups.map(({ groupId }) => groupId);
  expect(await names({})).toEqual(['billing', 'connect', 'share', 'stock']);
  expect(await names({ words: ['b*', '/ock$/'] })).toEqual(['billing', 'stock']);
  expect(await names({ types: ['SHARE'] })).toEqual(['share']);
  expect(await names({ states: ['empty'], types: ['classic'] })).toEqual(['billing', 'connect', 'stock']);
  const counted = await listGroups(fakeContext(world()), { ...everything, words: ['st*', 'share', 'nope'], withMembers: true });
  expect(counted).toMatchObject({ groups: [{ memberCount: undefined }, { memberCount: 1 }], unmatched: ['nope'], failures: [] });
});

test('a broker that does not list its groups is told, and the others are listed', async () => {
  const cluster = world();
  cluster.answer(ListGroups, (_body, { broker }) => {
    if (broker !== 1) throw new CliError('connection', `broker ${broker ?? ''} is gone`);
    return { throttleTimeMs: 0, errorCode: 0, groups: [{ groupId: 'a', protocolType: 'consumer', groupState: '', groupType: '' }] };
  });
  const { groups, failures } = await listGroups(fakeContext(cluster), everything);
  expect(groups).toMatchObject([{ groupId: 'a', type: 'classic' }]);
  expect(failures.map(({ broker }) => broker)).toEqual([2, 3]);
});

test('lag of a topic that is gone is unknown, and the rest is told', async () => {
  const options = { isolation: 'read_uncommitted', withTime: false } as const;
  const { groups } = await describeLag(fakeContext(world()), { ...options, groups: { groupIds: ['billing'] } });
  expect(groups[0]?.rows).toMatchObject([
    { topic: 'gone', state: 'unknown', lag: undefined, problem: expect.stringContaining('UNKNOWN_TOPIC_OR_PARTITION') as string },
    { topic: 'orders', partition: 0, lag: 60n },
    { topic: 'orders', partition: 1, lag: 0n },
  ]);
  expect(groups[0]?.sum).toEqual({ lag: 60n, partitions: 3, withoutLag: 1 });
});

test('a group whose coordinator is lost has an error, in lag and in describe', async () => {
  const cluster = new FakeGroups({ orders: {} }, { lost: { isLost: true } });
  const options = { isolation: 'read_uncommitted', withTime: false } as const;
  const { groups } = await describeLag(fakeContext(cluster), { ...options, groups: { groupIds: ['lost'] } });
  expect(groups).toMatchObject([{ groupId: 'lost', rows: [], error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } }]);
  const described = await describeGroups(fakeContext(cluster), { groupIds: ['lost'] });
  expect(described).toMatchObject([{ groupId: 'lost', state: '', error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } }]);
});

test('lag does not wait for pending transactional commits, an export does', async () => {
  const cluster = world();
  await describeGroups(fakeContext(cluster), { groupIds: ['billing'] });
  await exportOffsets(fakeContext(cluster), { groupIds: ['billing'] });
  expect(cluster.bodies(OffsetFetch).map(({ requireStable }) => requireStable)).toEqual([false, true]);
});

test('all groups means those that consume, and a share group by name is refused', async () => {
  expect((await describeGroups(fakeContext(world()), 'all')).map(({ groupId }) => groupId)).toEqual(['billing', 'stock']);
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
