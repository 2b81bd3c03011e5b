import { expect, test } from 'vitest';
import { sharedCluster, withPlace } from './fixture/shared-cluster.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { commit, committed, fill, joinGroup, joinShareGroup, kafkaGroups, kafkit, kafkitJson } from './groups-run.js';

interface Listed {
  readonly groups: readonly { readonly group: string; readonly state: string; readonly type: string }[];
}

test('list names the groups that kafka-consumer-groups lists, and patterns, states and types choose among them', async () => {
  const topic = await createTopic('list');
  const prefix = uniqueName('list');
  await commit(`${prefix}.a`, topic, [0]);
  await commit(`${prefix}.b`, topic, [0]);
  const kafkas = (await kafkaGroups('--list')).split('\n').filter((name) => name.startsWith(prefix));
  expect(await kafkit(['groups', 'list', `${prefix}*`, '-o', 'names'])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: [...kafkas.sort(), ''].join('\n'),
  });
  expect(await kafkitJson<Listed>('groups', 'list', `${prefix}.a`, '--state', 'empty', '--type', 'Classic')).toEqual({
    groups: [{ group: `${prefix}.a`, state: 'Empty', type: 'classic', protocolType: '', coordinator: 1, memberCount: 0 }],
    incomplete: [],
  });
  expect(await kafkitJson<Listed>('groups', 'list', `/^${prefix}/`, '--type', 'share,streams')).toMatchObject({ groups: [] });
  expect(await kafkit(['groups', 'list', 'no-such-group'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: "no group matches 'no-such-group'\n",
  });
  expect(await kafkit(['groups', 'list', '--state', 'asleep'])).toMatchObject({ code: 2, stdout: '' });
});

interface Described {
  readonly groups: readonly {
    readonly assignor: string;
    readonly coordinator: { readonly host: string; readonly port: number; readonly id: number };
    readonly state: string;
    readonly memberCount: number;
    readonly epoch: number | null;
    readonly assignmentEpoch: number | null;
  }[];
}

interface Members {
  readonly groups: readonly {
    readonly members: readonly {
      readonly memberId: string;
      readonly host: string;
      readonly clientId: string;
      readonly epoch: number;
    }[];
  }[];
}

test.each(['classic', 'consumer'])(
  'state and members of a %s group are those of kafka-consumer-groups, and it is left alone while somebody is in it',
  async (protocol) => {
    const topic = await createTopic('live', { partitions: 2 });
    const group = uniqueName('live');
    await fill(topic, [3, 4]);
    const leave = await joinGroup(group, topic, `group.protocol=${protocol}`, 'enable.auto.commit=false', 'client.id=console');

    const [described] = (await kafkitJson<Described>('groups', 'describe', group)).groups;
    const stateLine = (await kafkaGroups('--describe', '--group', group, '--state', '--verbose'))
      .split('\n')
      .find((line) => line.startsWith(group));
    expect(described).toBeDefined();
    const { coordinator, assignor = '', state = '', memberCount = 0, epoch } = described ?? {};
    expect(stateLine?.split(/\s+/).slice(1, 5)).toEqual([
      `${coordinator?.host ?? ''}:${coordinator?.port ?? ''}`,
      `(${coordinator?.id ?? ''})`,
      assignor,
      state,
    ]);
    expect(memberCount).toBe(1);
    expect(epoch === null).toBe(protocol === 'classic');

    const { groups } = await kafkitJson<Members>('groups', 'members', group);
    const member = groups[0]?.members[0];
    const memberLine = (await kafkaGroups('--describe', '--group', group, '--members'))
      .split('\n')
      .find((line) => line.startsWith(group));
    expect(memberLine?.split(/\s+/).slice(1, 5)).toEqual([member?.memberId, member?.host, 'console', '2']);
    const table = await kafkit(['groups', 'members', group, '--verbose']);
    expect(table.stdout).toContain(`${topic}:0,1`);
    expect(table.stdout).toContain('TARGET-ASSIGNMENT');

    for (const args of [
      ['reset-offsets', group, '--topic', topic, '--to-earliest', '--yes'],
      ['reset-offsets', group, '--topic', topic, '--to-earliest', '--dry-run'],
      ['delete', group, '--yes'],
    ]) {
      const refused = await kafkit(['groups', ...args]);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain(`group '${group}' is in use (Stable)`);
      expect(refused.stderr).toContain(`member ${member?.memberId ?? ''}, client 'console' on 127.0.0.1`);
      expect(refused.stderr).toContain(
        `hint: stop the consumers of the group first; see them with: kafkit groups members ${group}`,
      );
    }
    expect(await committed(group, topic)).toEqual([-1, -1]);

    await leave();
    const reset = await kafkit(['groups', 'reset-offsets', '--group', group, '--topic', topic, '--to-offset', '2', '--yes']);
    expect(reset).toMatchObject({ code: 0 });
    expect(await committed(group, topic)).toEqual([2, 2]);
    expect(await kafkitJson('groups', 'list', group)).toMatchObject({ groups: [{ type: protocol, state: 'Empty' }] });
  },
);

test('delete takes groups away, and says which do not exist', async () => {
  const topic = await createTopic('delete');
  const group = uniqueName('delete');
  await commit(group, topic, [0]);
  const missing = await kafkit(['groups', 'delete', group, 'nobody', '--yes']);
  expect(missing).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining("group 'nobody' does not exist") as string,
  });
  expect(await kafkit(['groups', 'delete', group])).toMatchObject({ code: 2, stdout: '' });
  expect(await kafkitJson('groups', 'delete', group, '--dry-run')).toEqual({
    cluster: sharedCluster(),
    dryRun: true,
    groups: [{ group, state: 'Empty', commitCount: 1, topics: [topic], status: 'planned', error: null }],
  });
  expect(await kafkaGroups('--list')).toContain(group);
  const deleted = await kafkit(['groups', 'delete', group, 'nobody', '--if-exists', '--yes', '-o', 'json']);
  expect(deleted).toMatchObject({ code: 0, stderr: expect.stringContaining("group 'nobody' does not exist\n") as string });
  expect(JSON.parse(deleted.stdout)).toMatchObject({ dryRun: false, groups: [{ group, status: 'deleted', error: null }] });
  expect((await kafkaGroups('--list')).split('\n')).not.toContain(group);
});

test('delete-offsets forgets the partitions named and no other', async () => {
  const topic = await createTopic('forget', { partitions: 3 });
  const group = uniqueName('forget');
  await fill(topic, [5, 5, 5]);
  await commit(group, topic, [1, 2, 3]);
  expect(await kafkitJson('groups', 'delete-offsets', group, '--topic', `${topic}:0,2`, '--dry-run')).toEqual({
    cluster: sharedCluster(),
    dryRun: true,
    group,
    partitions: [
      { topic, partition: 0, committed: 1, status: 'planned', error: null },
      { topic, partition: 2, committed: 3, status: 'planned', error: null },
    ],
  });
  expect(await committed(group, topic)).toEqual([1, 2, 3]);
  const done = await kafkit(['groups', 'delete-offsets', group, '--topic', `${topic}:0,2`, '--yes', '-o', 'jsonl']);
  expect(done).toMatchObject({ code: 0 });
  const gone = { topic, status: 'deleted', error: null, cluster: sharedCluster() };
  expect(done.stdout.split('\n').map((line) => (line === '' ? '' : (JSON.parse(line) as object)))).toEqual([
    { ...gone, partition: 0, committed: 1 },
    { ...gone, partition: 2, committed: 3 },
    '',
  ]);
  expect(await committed(group, topic)).toEqual([-1, 2, -1]);
  expect(await kafkit(['groups', 'delete-offsets', group, '--topic', topic, '--topic', 'other', '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`group '${group}' has no committed offset for topic 'other'`) as string,
  });
});

test('a share group is listed with its type, and refused by name everywhere else', async () => {
  const topic = await createTopic('share');
  const group = uniqueName('share');
  await joinShareGroup(group, topic);
  expect(await kafkitJson<Listed>('groups', 'list', group)).toMatchObject({ groups: [{ group, type: 'share', state: 'Stable' }] });
  const scope = ['--all-topics', '--to-latest', '--yes'];
  for (const args of [
    ['groups', 'describe', group],
    ['groups', 'members', group],
    ['groups', 'reset-offsets', group, ...scope],
    ['groups', 'export', group],
    ['groups', 'delete', group, '--yes'],
    ['lag', 'describe', group],
  ]) {
    const refused = await kafkit(args);
    const isChange = args.includes('--yes');
    expect({ ...refused, stderr: withPlace(refused.stderr) }, args.join(' ')).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        `error: group '${group}' is a share group; only 'groups list' knows those\n` +
        'hint: see the types of all groups: kafkit groups list -o wide\n' +
        (isChange ? '<cluster>\n' : ''),
    });
  }
});
