import { describe, expect, test, vi } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import type { OffsetFile } from '../../../../src/core/offset-file/offset-file.js';
import { resetOffsets } from '../../../../src/operations/groups/reset-offsets.js';
import type { ResetOffsetsInput } from '../../../../src/operations/groups/reset-types.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.js';
import { zeroUuid } from '../../../../src/protocol/primitives.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeGroups } from '../../fakes/fake-groups.js';

const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);
const world = () =>
  new FakeGroups(
    {
      orders: { partitions: [{ start: 10n, end: 100n }, { end: 50n }] },
      bills: { partitions: [{ end: 5n }] },
      down: { partitions: [{ leader: null }] },
    },
    {
      billing: { commits: { 'orders 0': 40n, 'orders 1': 50n } },
      live: { members: ['m-1', 'm-2'], commits: { 'orders 0': 1n } },
      share: { type: 'Share' },
    },
  );
const whole = (topic: string) => [{ topic, partitions: undefined }];
const input = (change: Partial<ResetOffsetsInput> = {}): ResetOffsetsInput => ({
  groupIds: ['billing'],
  source: { kind: 'target', target: { kind: 'latest' } },
  scope: whole('orders'),
  ...change,
});

test('what moves is committed in one request, what stands there already is left alone', async () => {
  const cluster = world();
  const { results } = await resetOffsets(fakeContext(cluster), input(), yes);
  expect(cluster.bodies(OffsetCommit)).toMatchObject([
    { groupId: 'billing', memberId: '', topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, committedOffset: 100n }] }] },
  ]);
  expect(results).toMatchObject([
    { row: { partition: 0, before: 40n, after: 100n }, status: 'written' },
    { row: { partition: 1 }, status: 'unchanged' },
  ]);
});

test('a dry run only reads', async () => {
  const cluster = world();
  const { plan, results } = await resetOffsets(fakeContext(cluster), input(), no);
  expect(results).toBeUndefined();
  expect(plan.groups).toMatchObject([{ groupId: 'billing', isNew: false }]);
  expect(cluster.sent).not.toContain('OffsetCommit');
});

test('a group that does not exist is created, and the plan says so', async () => {
  const cluster = world();
  const { plan } = await resetOffsets(fakeContext(cluster), input({ groupIds: ['fresh'] }), yes);
  expect(plan.groups).toMatchObject([{ groupId: 'fresh', isNew: true }]);
  expect(cluster.committed('fresh')).toEqual({ 'orders 0': 100n, 'orders 1': 50n });
});

describe('refused before anything is written', () => {
  test.each<[string, Partial<ResetOffsetsInput>, object]>([
    [
      'a group in use, naming who is in it',
      { groupIds: ['billing', 'live'] },
      {
        code: 'input',
        message:
          "group 'live' is in use (Stable), so it cannot be changed; nothing was changed\n  member m-1, client 'client-1' on 10.0.0.1\n  member m-2, client 'client-1' on 10.0.0.1",
      },
    ],
    ['a group of another type', { groupIds: ['share'] }, { code: 'unsupported' }],
    ['a topic that does not exist', { scope: whole('none') }, { code: 'not-found', message: "topic 'none' does not exist" }],
    ['a partition that does not exist', { scope: [{ topic: 'orders', partitions: [7] }] }, { code: 'not-found' }],
    ['a group without commits', { groupIds: ['fresh'], scope: 'committed' }, { code: 'input' }],
    [
      'a partition without a leader',
      { scope: whole('down') },
      { code: 'input', message: expect.stringContaining('down-0') as string },
    ],
    [
      'a shift without a commit',
      { source: { kind: 'target', target: { kind: 'shift', by: 1n } }, scope: whole('bills') },
      { code: 'input', message: "group 'billing': bills-0 has no committed offset to shift from" },
    ],
    ['a group to copy that has nothing', { source: { kind: 'group', groupId: 'nobody' } }, { code: 'not-found' }],
  ])('%s', async (_title, change, error) => {
    const cluster = world();
    await expect(resetOffsets(fakeContext(cluster), input(change), yes)).rejects.toMatchObject(error);
    expect(cluster.sent).not.toContain('OffsetCommit');
  });

  test('a topic that was created anew while the plan was looked at', async () => {
    const cluster = world();
    const slowly = () => {
      cluster.topics.delete('orders');
      return Promise.resolve(true);
    };
    await expect(resetOffsets(fakeContext(cluster), input({}), slowly)).rejects.toMatchObject({
      message: "topic 'orders' is not the one that the plan was made for; nothing was changed",
    });
    expect(cluster.sent).not.toContain('OffsetCommit');
  });

  test('a group whose offsets moved while the plan was looked at', async () => {
    const cluster = world();
    const save = vi.fn();
    const slowly = () => {
      cluster.commits.get('billing')?.set('orders 0', { offset: 41n, leaderEpoch: 7, metadata: '' });
      return Promise.resolve(true);
    };
    await expect(resetOffsets(fakeContext(cluster), input({ save }), slowly)).rejects.toMatchObject({
      message: "group 'billing' moved orders-0 since the plan was made; nothing was changed",
    });
    expect(save).not.toHaveBeenCalled();
    expect(cluster.sent).not.toContain('OffsetCommit');
  });

  test('a change whose undo file cannot be written', async () => {
    const cluster = world();
    const save = () => Promise.reject(new CliError('io', 'the disk is full'));
    await expect(resetOffsets(fakeContext(cluster), input({ save }), yes)).rejects.toThrow('the disk is full');
    expect(cluster.sent).not.toContain('OffsetCommit');
  });
});

test('a partition that is refused is told, and so are those that were written', async () => {
  const cluster = world();
  cluster.refusals.set('orders 1', 29);
  const earliest = { kind: 'target', target: { kind: 'earliest' } } as const;
  const { results } = await resetOffsets(fakeContext(cluster), input({ source: earliest }), yes);
  expect(results).toMatchObject([
    { row: { partition: 0 }, status: 'written', error: undefined },
    { row: { partition: 1 }, status: 'failed', error: { code: 'authorization' } },
  ]);
  expect(cluster.committed('billing')).toEqual({ 'orders 0': 10n, 'orders 1': 50n });
});

test('a lost answer leaves a group unknown, and the next group is tried', async () => {
  const cluster = world().answer(OffsetCommit, ({ groupId, topics }) => {
    if (groupId === 'billing') throw new CliError('connection', 'connection lost');
    return {
      throttleTimeMs: 0,
      topics: topics.map(({ name = '', topicId = zeroUuid, partitions }) => ({
        name,
        topicId,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: 0 })),
      })),
    };
  });
  const { results } = await resetOffsets(fakeContext(cluster), input({ groupIds: ['billing', 'fresh'] }), yes);
  expect(results?.map(({ groupId, status }) => `${groupId} ${status}`)).toEqual([
    'billing unknown',
    'billing unchanged',
    'fresh written',
    'fresh written',
  ]);
});

test('what undoes the change is saved before it is made', async () => {
  const cluster = world();
  const saved: OffsetFile[] = [];
  const context = fakeContext(cluster);
  const save = (file: OffsetFile) => {
    expect(cluster.sent).not.toContain('OffsetCommit');
    saved.push(file);
    return Promise.resolve();
  };
  await resetOffsets(context, input({ scope: [...whole('orders'), ...whole('bills')], save }), yes);
  expect(saved).toMatchObject([
    {
      clusterId: 'fake',
      source: 'committed',
      groups: [
        {
          group: 'billing',
          partitions: [
            { topic: 'orders', partition: 0, offset: 40n, leaderEpoch: 7, topicId: 'id-of-orders', metadata: 'note' },
            { topic: 'orders', partition: 1, offset: 50n },
          ],
        },
      ],
    },
  ]);
  expect(context.warnings).toEqual([expect.stringContaining("group 'billing' has no commit yet for 1 of 3 partitions")]);
});

test('the offsets of another group come with their leader epochs and metadata', async () => {
  const cluster = world();
  await resetOffsets(
    fakeContext(cluster),
    input({ groupIds: ['fresh'], source: { kind: 'group', groupId: 'billing' }, scope: 'committed' }),
    yes,
  );
  expect(cluster.commits.get('fresh')?.get('orders 0')).toEqual({ offset: 40n, leaderEpoch: 7, metadata: 'note' });
});

describe('offsets that are given', () => {
  const given = (clusterId: string | undefined, offset: bigint, topicId = 'id-of-orders'): Partial<ResetOffsetsInput> => ({
    source: {
      kind: 'given',
      clusterId,
      groups: [{ groupId: 'billing', entries: [{ topic: 'orders', partition: 0, offset, leaderEpoch: 3, topicId }] }],
    },
    scope: 'committed',
  });

  test.each<[string, Partial<ResetOffsetsInput>, number]>([
    ['keep their leader epoch in the same log', given('fake', 60n), 3],
    ['lose it in another cluster', given('other', 60n), -1],
    ['lose it in a topic that was created again', given('fake', 60n, 'id-of-the-old-one'), -1],
    ['lose it where they are held inside the log', given('fake', 600n), -1],
  ])('%s', async (_title, change, leaderEpoch) => {
    const cluster = world();
    await resetOffsets(fakeContext(cluster), input({ ...change, force: true }), yes);
    expect(cluster.commits.get('billing')?.get('orders 0')).toMatchObject({ leaderEpoch });
  });

  test.each<[string, Partial<ResetOffsetsInput>, string]>([
    ['from another cluster', given('other', 60n), 'the file is of cluster other, this is fake'],
    [
      'of a topic that was created again',
      given('fake', 60n, 'id-of-the-old-one'),
      "topic 'orders' was created anew since the file was written, so its offsets are others now",
    ],
  ])('%s are refused; by force they are used, and that is said', async (_title, change, problem) => {
    const cluster = world();
    const refused = resetOffsets(fakeContext(cluster), input(change), yes);
    await expect(refused).rejects.toMatchObject({ code: 'input', message: `nothing was changed\n${problem}` });
    expect(cluster.committed('billing')).toMatchObject({ 'orders 0': 40n });
    const context = fakeContext(cluster);
    await resetOffsets(context, input({ ...change, force: true }), yes);
    expect(context.warnings).toEqual([problem]);
    expect(cluster.committed('billing')).toMatchObject({ 'orders 0': 60n });
  });

  test.each([
    [600n, 'which lies beyond the end of the log at 100'],
    [3n, 'which lies below the start of the log at 10'],
  ])('outside the log (%s) are refused; by force they are held inside it', async (offset, problem) => {
    const cluster = world();
    const refused = resetOffsets(fakeContext(cluster), input(given('fake', offset)), yes);
    await expect(refused).rejects.toThrow(`group 'billing': orders-0 has the offset ${offset}, ${problem}`);
    expect(cluster.committed('billing')).toMatchObject({ 'orders 0': 40n });
    await resetOffsets(fakeContext(cluster), input({ ...given('fake', offset), force: true }), yes);
    expect(cluster.committed('billing')).toMatchObject({ 'orders 0': offset > 100n ? 100n : 10n });
  });

  test('of a file with commits below zero are refused by name, unless the topic is not meant', async () => {
    const entries = [{ topic: 'orders', partition: 0, offset: 60n }];
    const belowZero = [{ topic: 'orders', partition: 1, offset: -5n }];
    const source = { kind: 'given', clusterId: 'fake', groups: [{ groupId: 'billing', entries, belowZero }] } as const;
    const refused = resetOffsets(fakeContext(world()), input({ source, scope: 'committed' }), yes);
    await expect(refused).rejects.toThrow('the commit of orders-1 was below zero (-5), which is no place in a log');
    const scope = [{ topic: 'orders', partitions: [0] }];
    const { plan } = await resetOffsets(fakeContext(world()), input({ source, scope }), no);
    expect(plan.groups[0]?.rows).toMatchObject([{ partition: 0, after: 60n }]);
  });

  test('narrow to a topic, and to what was given of it', async () => {
    const { plan } = await resetOffsets(fakeContext(world()), input({ ...given('fake', 60n), scope: whole('orders') }), no);
    expect(plan.groups[0]?.rows).toMatchObject([{ topic: 'orders', partition: 0, after: 60n }]);
    const named = resetOffsets(
      fakeContext(world()),
      input({ ...given('fake', 60n), scope: [{ topic: 'orders', partitions: [1] }] }),
      no,
    );
    await expect(named).rejects.toThrow("group 'billing': orders-1 has no offset in what was given");
  });
});

describe('offsets that are translated by time', () => {
  const entry = { topic: 'orders', partition: 0, offset: 7n, leaderEpoch: 7, topicId: 'id-of-orders', metadata: 'note' };
  const translated = (...entries: object[]): Partial<ResetOffsetsInput> => ({
    groupIds: ['fresh'],
    source: {
      kind: 'given',
      clusterId: 'other',
      byTime: true,
      groups: [{ groupId: 'fresh', entries: entries.map((change) => ({ ...entry, ...change })) }],
    },
    scope: 'committed',
  });

  test('go to the first record of that time, without a warning of the other cluster and without a leader epoch', async () => {
    const cluster = world();
    const context = fakeContext(cluster);
    // The fake's record at offset N has the time N * 10.
    const { plan } = await resetOffsets(
      context,
      input(translated({ timestamp: 405n }, { partition: 1, timestamp: 300n }, { topic: 'bills', timestamp: 900n })),
      yes,
    );
    expect(plan.groups[0]?.rows).toMatchObject([
      { topic: 'bills', after: 5n, note: 'no-later-record' },
      { topic: 'orders', partition: 0, after: 41n, translation: { offset: 7n, timestamp: 405n, atEnd: false } },
      { topic: 'orders', partition: 1, after: 30n },
    ]);
    expect(cluster.commits.get('fresh')?.get('orders 0')).toEqual({ offset: 41n, leaderEpoch: -1, metadata: 'note' });
    expect(context.warnings).toEqual([]);
  });

  test('go to the start where no time is known', async () => {
    const { plan } = await resetOffsets(fakeContext(world()), input(translated({ timestamp: 'unknown' })), no);
    expect(plan.groups[0]?.rows).toMatchObject([{ after: 10n, note: 'no-time-known' }]);
  });

  test('have a time of their own in each group', async () => {
    const source = {
      kind: 'given' as const,
      clusterId: undefined,
      byTime: true,
      groups: ['a', 'b'].map((groupId, index) => ({
        groupId,
        entries: [{ topic: 'orders', partition: 0, offset: 1n, timestamp: BigInt(200 + index * 100) }],
      })),
    };
    const { plan } = await resetOffsets(fakeContext(world()), input({ groupIds: ['a', 'b'], source, scope: 'committed' }), no);
    expect(plan.groups.map(({ rows }) => rows[0]?.after)).toEqual([20n, 30n]);
  });
});

test('for a time, ends are read before times are looked up: what arrives in between is not passed over', async () => {
  const cluster = world();
  await resetOffsets(fakeContext(cluster), input({ source: { kind: 'target', target: { kind: 'time', timestamp: 5000 } } }), no);
  const asked = cluster.bodies(ListOffsets).map(({ topics }) => topics[0]?.partitions[0]?.timestamp);
  expect(asked).toEqual([-2n, -1n, 5000n]);
});

test('a commit that the coordinator could not finish in time may be written, so it is unknown and not failed', async () => {
  const cluster = world();
  cluster.refusals.set('orders 0', 15);
  cluster.refusals.set('orders 1', 29);
  const earliest = { kind: 'target', target: { kind: 'earliest' } } as const;
  const { results } = await resetOffsets(fakeContext(cluster), input({ source: earliest }), yes);
  expect(results).toMatchObject([
    { row: { partition: 0 }, status: 'unknown', error: { kafkaName: 'COORDINATOR_NOT_AVAILABLE' } },
    { row: { partition: 1 }, status: 'failed' },
  ]);
});
