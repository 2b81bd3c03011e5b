import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { deleteGroups } from '../../../../src/operations/groups/delete-groups.js';
import { deleteOffsets } from '../../../../src/operations/groups/delete-offsets.js';
import { DeleteGroups } from '../../../../src/protocol/messages/delete-groups.js';
import { OffsetDelete } from '../../../../src/protocol/messages/offset-delete.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeGroups } from '../../fakes/fake-groups.js';

const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);
const world = () =>
  new FakeGroups(
    { orders: { partitions: [{ end: 100n }, { end: 50n }] } },
    {
      billing: { commits: { 'orders 1': 50n, 'orders 0': 40n } },
      live: { members: ['m-1'] },
      connect: { protocolType: 'connect' },
    },
  );

describe('delete', () => {
  test('shows what goes, and tells of each group', async () => {
    const cluster = world();
    const { plan, results } = await deleteGroups(fakeContext(cluster), { groupIds: ['billing', 'connect'], ifExists: false }, yes);
    expect(plan.groups).toEqual([
      { groupId: 'billing', state: 'Empty', commitCount: 2, topics: ['orders'] },
      { groupId: 'connect', state: 'Empty', commitCount: 0, topics: [] },
    ]);
    expect(results).toMatchObject([
      { groupId: 'billing', status: 'deleted' },
      { groupId: 'connect', status: 'deleted' },
    ]);
  });

  test('a dry run only reads', async () => {
    const cluster = world();
    const { results } = await deleteGroups(fakeContext(cluster), { groupIds: ['billing'], ifExists: false }, no);
    expect(results).toBeUndefined();
    expect(cluster.sent).not.toContain('DeleteGroups');
  });

  test('a group in use, and one that does not exist, keep every group', async () => {
    const cluster = world();
    const live = deleteGroups(fakeContext(cluster), { groupIds: ['billing', 'live'], ifExists: false }, yes);
    await expect(live).rejects.toThrow('member m-1');
    const missing = deleteGroups(fakeContext(cluster), { groupIds: ['billing', 'nope', 'none'], ifExists: false }, yes);
    await expect(missing).rejects.toMatchObject({
      code: 'not-found',
      message: "group 'nope' does not exist\ngroup 'none' does not exist",
    });
    expect(cluster.sent).not.toContain('DeleteGroups');
  });

  test('a missing group is passed over where that was said', async () => {
    const cluster = world();
    const { plan, results } = await deleteGroups(fakeContext(cluster), { groupIds: ['billing', 'nope'], ifExists: true }, yes);
    expect(plan.missing).toEqual(['nope']);
    expect(results).toMatchObject([{ groupId: 'billing', status: 'deleted' }]);
  });

  test('a lost answer leaves a group unknown', async () => {
    // NETWORK_EXCEPTION: what stands in the place of an answer that was lost.
    const cluster = world().answer(DeleteGroups, ({ groupsNames }) => ({
      throttleTimeMs: 0,
      results: groupsNames.map((groupId) => ({ groupId, errorCode: 13 })),
    }));
    const { results } = await deleteGroups(fakeContext(cluster), { groupIds: ['billing'], ifExists: false }, yes);
    expect(results).toMatchObject([{ groupId: 'billing', status: 'unknown' }]);
  });
});

describe('delete-offsets', () => {
  const scope = [{ topic: 'orders', partitions: undefined }];

  test('deletes the commits of the scope, sorted, and tells of each', async () => {
    const cluster = world();
    cluster.refusals.set('orders 1', 86);
    const { plan, results } = await deleteOffsets(fakeContext(cluster), { groupId: 'billing', scope }, yes);
    expect(plan.offsets).toEqual([
      { topic: 'orders', partition: 0, offset: 40n },
      { topic: 'orders', partition: 1, offset: 50n },
    ]);
    expect(results).toMatchObject([
      { partition: 0, status: 'deleted' },
      { partition: 1, status: 'failed', error: { kafkaName: 'GROUP_SUBSCRIBED_TO_TOPIC' } },
    ]);
    expect(cluster.committed('billing')).toEqual({ 'orders 1': 50n });
  });

  test('everything that has no commit is told before anything is deleted', async () => {
    const cluster = world();
    const wide = [
      { topic: 'bills', partitions: undefined },
      { topic: 'orders', partitions: [0, 5] },
    ];
    await expect(deleteOffsets(fakeContext(cluster), { groupId: 'billing', scope: wide }, yes)).rejects.toMatchObject({
      code: 'not-found',
      message: "group 'billing' has no committed offset for topic 'bills'\ngroup 'billing' has no committed offset for orders-5",
    });
    expect(cluster.sent).not.toContain('OffsetDelete');
  });

  test('a lost answer leaves every commit unknown', async () => {
    const cluster = world().answer(OffsetDelete, () => {
      throw new CliError('connection', 'connection lost');
    });
    const { results } = await deleteOffsets(fakeContext(cluster), { groupId: 'billing', scope }, yes);
    expect(results?.map(({ status }) => status)).toEqual(['unknown', 'unknown']);
  });
});
