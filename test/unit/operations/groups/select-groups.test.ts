import { describe, expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { parseGroupSelection } from '../../../../src/core/groups/group-selection.js';
import { parseScope } from '../../../../src/core/reset/parse-scope.js';
import { deleteGroups } from '../../../../src/operations/groups/delete-groups.js';
import { deleteOffsets } from '../../../../src/operations/groups/delete-offsets.js';
import { describeGroups } from '../../../../src/operations/groups/describe-groups.js';
import { exportOffsets } from '../../../../src/operations/groups/export-offsets.js';
import { listMembers } from '../../../../src/operations/groups/list-members.js';
import { resetOffsets } from '../../../../src/operations/groups/reset-offsets.js';
import type { OffsetsOfGroups, ResetOffsetsInput } from '../../../../src/operations/groups/reset-types.js';
import { describeLag } from '../../../../src/operations/lag/describe-lag.js';
import { ListGroups } from '../../../../src/protocol/messages/list-groups.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeGroups } from '../../fakes/fake-groups.js';

const yes = () => Promise.resolve(true);
const world = () =>
  new FakeGroups(
    { orders: { partitions: [{ end: 100n }, { end: 50n }] }, bills: { partitions: [{ end: 9n }] }, other: {} },
    {
      billing: { commits: { 'orders 0': 40n, 'bills 0': 2n } },
      'bill-eu': { commits: { 'orders 0': 1n, 'orders 1': 2n } },
      stock: { commits: { 'orders 0': 4n } },
      'team*': { commits: { 'orders 0': 5n } },
      'team-a': { commits: { 'orders 0': 6n } },
      'bill-share': { type: 'Share', protocolType: 'share' },
      'sr-1': { type: 'Share', protocolType: 'share' },
      connect: { protocolType: 'connect' },
    },
  );
const readers = {
  describe: async (cluster: FakeGroups, ...words: string[]) =>
    (await describeGroups(fakeContext(cluster), parseGroupSelection(words))).groups,
  members: async (cluster: FakeGroups, ...words: string[]) =>
    (await listMembers(fakeContext(cluster), parseGroupSelection(words))).groups,
  lag: async (cluster: FakeGroups, ...words: string[]) => {
    const options = { isolation: 'read_uncommitted', withTime: false } as const;
    return (await describeLag(fakeContext(cluster), { ...options, groups: parseGroupSelection(words) })).groups;
  },
  export: async (cluster: FakeGroups, ...words: string[]) => {
    const { groups } = await exportOffsets(fakeContext(cluster), parseGroupSelection(words));
    return groups.map(({ group = '' }) => ({ groupId: group }));
  },
};
const reset = (change: Partial<ResetOffsetsInput>): ResetOffsetsInput => ({
  groupIds: [],
  source: { kind: 'target', target: { kind: 'latest' } },
  scope: 'committed',
  ...change,
});

describe.each(Object.entries(readers))('%s', (_name, read) => {
  test('takes the groups that words pick, named ones first, without those of other types', async () => {
    const picked = await read(world(), 'stock', 'bil*', '/^bill/');
    expect(picked.map(({ groupId }) => groupId)).toEqual(['stock', 'bill-eu', 'billing']);
  });

  test('names patterns that match nothing beside groups that do not exist', async () => {
    await expect(read(world(), 'x*', 'billing', 'nope', '/^y/')).rejects.toMatchObject({
      code: 'not-found',
      message: "group 'nope' does not exist\nno group matches 'x*'\nno group matches '/^y/'",
    });
  });

  test('says of a pattern that matches only groups of another type what they are', async () => {
    await expect(read(world(), 'sr-*')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining("group 'sr-1'") as string,
    });
  });
});

describe('where a broker does not list its groups', () => {
  const lame = () =>
    world().answer(ListGroups, (_body, { broker }) => {
      if (broker !== 1) throw new CliError('connection', `broker ${broker ?? ''} is gone`);
      const group = { groupId: 'billing', protocolType: 'consumer', groupState: 'Empty', groupType: 'classic' };
      return { throttleTimeMs: 0, errorCode: 0, groups: [group] };
    });

  test('an answer about a pattern lacks groups', async () => {
    const { groups, incomplete } = await describeGroups(fakeContext(lame()), parseGroupSelection(['bil*']));
    expect(groups.map(({ groupId }) => groupId)).toEqual(['billing']);
    expect(incomplete).toHaveLength(2);
  });

  test.each<[string, (cluster: FakeGroups) => Promise<unknown>]>([
    ['a pattern that matches nothing is not known to', (cluster) => readers.describe(cluster, 'x*')],
    ['an export', (cluster) => readers.export(cluster, 'bil*')],
    ['a deletion', (cluster) => deleteGroups(fakeContext(cluster), { ...parseGroupSelection(['bil*']), ifExists: true }, yes)],
    ['a reset', (cluster) => resetOffsets(fakeContext(cluster), reset(parseGroupSelection(['bil*'])), yes)],
  ])('%s fails', async (_title, run) => {
    const cluster = lame();
    await expect(run(cluster)).rejects.toMatchObject({
      code: 'connection',
      message: expect.stringContaining('cannot tell which groups match') as string,
    });
    expect(cluster.sent).not.toContain('DeleteGroups');
    expect(cluster.sent).not.toContain('OffsetCommit');
  });
});

describe('changes', () => {
  test('show what a pattern matches before they are made, and say what is left alone', async () => {
    const cluster = world();
    const context = fakeContext(cluster);
    const shown: string[][] = [];
    const approve = ({ groups }: { groups: readonly { groupId: string }[] }) => {
      shown.push(groups.map(({ groupId }) => groupId));
      return Promise.resolve(false);
    };
    await deleteGroups(context, { ...parseGroupSelection(['bil*']), ifExists: false }, approve);
    await resetOffsets(context, reset(parseGroupSelection(['bil*'])), approve);
    expect(shown).toEqual([
      ['bill-eu', 'billing'],
      ['bill-eu', 'billing'],
    ]);
    expect(context.warnings).toContain("group 'bill-share' matches too, and is left alone: it is not of consumers");
  });

  test.each([false, true])('a pattern that matches nothing changes nothing (if-exists: %s)', async (ifExists) => {
    const cluster = world();
    const attempt = deleteGroups(fakeContext(cluster), { ...parseGroupSelection(['x*']), ifExists }, yes);
    if (ifExists) expect(await attempt).toMatchObject({ plan: { groups: [], unmatched: ['x*'] }, results: [] });
    else await expect(attempt).rejects.toMatchObject({ code: 'not-found', message: "no group matches 'x*'" });
    await expect(resetOffsets(fakeContext(cluster), reset(parseGroupSelection(['x*'])), yes)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(cluster.sent).not.toContain('OffsetCommit');
  });

  test('a word that is the name of one group and matches others is refused, unless it is literal', async () => {
    const cluster = world();
    const ambiguous = {
      code: 'usage',
      message: "'team*' is the name of a group, and as a pattern it matches others too: 'team-a'",
    };
    await expect(resetOffsets(fakeContext(cluster), reset(parseGroupSelection(['team*'])), yes)).rejects.toMatchObject(ambiguous);
    const selection = parseGroupSelection(['team*']);
    await expect(deleteGroups(fakeContext(cluster), { ...selection, ifExists: false }, yes)).rejects.toMatchObject(ambiguous);
    const { results } = await deleteGroups(fakeContext(cluster), { ...parseGroupSelection(['team*'], true), ifExists: false }, yes);
    expect(results).toMatchObject([{ groupId: 'team*', status: 'deleted' }]);
  });

  test.each(['a*', 'b?', 'c/d'])('no group named %s is created unless the word is literal', async (name) => {
    const cluster = world();
    const input = reset({ groupIds: [name], scope: parseScope(['orders']) });
    await expect(resetOffsets(fakeContext(cluster), input, yes)).rejects.toMatchObject({ code: 'usage' });
    expect(cluster.sent).not.toContain('OffsetCommit');
    await resetOffsets(fakeContext(cluster), { ...input, isLiteral: true }, yes);
    expect(cluster.committed(name)).toEqual({ 'orders 0': 100n, 'orders 1': 50n });
  });
});

describe('topics of a group by pattern', () => {
  const rowsOf = async (words: string[], change: Partial<ResetOffsetsInput> = {}) => {
    const { plan } = await resetOffsets(
      fakeContext(world()),
      reset({ groupIds: ['billing', 'stock'], scope: parseScope(words), ...change }),
      yes,
    );
    return plan.groups.map(
      ({ groupId, rows }) => `${groupId} ${rows.map(({ topic, partition }) => `${topic}-${partition}`).join(' ')}`,
    );
  };

  test('are those that the group has commits for, with all their partitions; a name is any topic', async () => {
    expect(await rowsOf(['*r*'])).toEqual(['billing orders-0 orders-1', 'stock orders-0 orders-1']);
    expect(await rowsOf(['or*:1', 'other'])).toEqual(['billing orders-1 other-0', 'stock orders-1 other-0']);
  });

  test('are those of the given offsets', async () => {
    const groups = ['billing', 'stock'].map((groupId) => ({
      groupId,
      entries: [
        { topic: 'bills', partition: 0, offset: 1n },
        { topic: 'other', partition: 0, offset: 0n },
      ],
    }));
    const source = { kind: 'given', groups, clusterId: undefined } as const;
    expect(await rowsOf(['b*'], { source })).toEqual(['billing bills-0', 'stock bills-0']);
  });

  test('wait for the groups of a pattern where a file gives the offsets', async () => {
    const asked: (readonly string[])[] = [];
    const give: OffsetsOfGroups['give'] = (groupIds) => {
      asked.push(groupIds);
      const groups = groupIds.map((groupId) => ({ groupId, entries: [{ topic: 'bills', partition: 0, offset: 1n }] }));
      return { kind: 'given', groups, clusterId: undefined };
    };
    const input = reset({ ...parseGroupSelection(['bil*']), source: { kind: 'of-groups', give } });
    const { plan } = await resetOffsets(fakeContext(world()), input, () => Promise.resolve(false));
    expect(asked).toEqual([['bill-eu', 'billing']]);
    expect(plan.groups.map(({ groupId, rows }) => `${groupId} ${rows.map(({ topic }) => topic).join()}`)).toEqual([
      'bill-eu bills',
      'billing bills',
    ]);
  });

  test('that match nothing are an error of each group', async () => {
    await expect(rowsOf(['b*'])).rejects.toMatchObject({
      code: 'input',
      message:
        "group 'stock': it has no committed offsets for topics that match 'b*'; a pattern picks only topics with offsets, a name any topic",
    });
  });

  test('choose commits to delete', async () => {
    const input = { groupId: 'billing', scope: parseScope(['/^(or|bi)/:0']) };
    const { plan } = await deleteOffsets(fakeContext(world()), input, yes);
    expect(plan.offsets.map(({ topic, partition }) => `${topic}-${partition}`)).toEqual(['bills-0', 'orders-0']);
    const nothing = deleteOffsets(fakeContext(world()), { groupId: 'billing', scope: parseScope(['x*']) }, yes);
    await expect(nothing).rejects.toMatchObject({
      message: "group 'billing' has no committed offset for a topic that matches 'x*'",
    });
  });
});
