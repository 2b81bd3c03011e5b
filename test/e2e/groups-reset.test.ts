import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedCluster, withPlaces } from './fixture/shared-cluster.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { commit, committed, deleteRecords, fill, kafkaGroups, kafkit, kafkitJson } from './groups-run.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-groups-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface ResetDocument {
  readonly dryRun: boolean;
  readonly groups: readonly {
    readonly new: boolean;
    readonly partitions: readonly { readonly partition: number; readonly after: number; readonly note: string | null }[];
  }[];
}

/** The new offsets that kafka-consumer-groups plans, by partition. */
async function kafkaPlans(group: string, ...args: string[]): Promise<number[]> {
  const lines = (await kafkaGroups('--reset-offsets', '--group', group, '--dry-run', ...args)).split('\n');
  return lines
    .filter((line) => line.startsWith(`${group} `))
    .map((line) => line.split(/\s+/))
    .sort((left, right) => Number(left[2]) - Number(right[2]))
    .map(([, , , offset]) => Number(offset));
}

async function plans(group: string, ...args: string[]): Promise<number[]> {
  const { code, stdout } = await kafkit(['groups', 'reset-offsets', group, '--dry-run', '-o', 'json', ...args]);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as ResetDocument).groups[0]?.partitions.map(({ after }) => after) ?? [];
}

describe('a dry run', () => {
  let topic: string;
  const group = uniqueName('plan');
  beforeAll(async () => {
    topic = await createTopic('plan', { partitions: 2 });
    await fill(topic, [20, 10]);
    await deleteRecords(topic, 4);
    await commit(group, topic, [8, 9]);
  });

  test.each([
    ['--to-earliest'],
    ['--to-latest'],
    ['--to-current'],
    ['--to-offset', '2'],
    ['--shift-by', '-3'],
    ['--shift-by', '100'],
    ['--by-duration', 'PT1H'],
    ['--to-datetime', '2020-01-01T00:00:00.000'],
    ['--to-datetime', '2100-01-01T00:00:00.000'],
  ])('plans %s %s as kafka-consumer-groups does, and writes nothing', async (...target) => {
    expect(await plans(group, '--topic', topic, ...target)).toEqual(await kafkaPlans(group, '--topic', topic, ...target));
    expect(await committed(group, topic)).toEqual([8, 9]);
  });

  test('says what is read again, what is skipped and what is held inside the log', async () => {
    expect(await kafkitJson('groups', 'reset-offsets', group, '--topic', `${topic}:0`, '--to-offset', '0', '--dry-run')).toEqual({
      cluster: sharedCluster(),
      dryRun: true,
      groups: [
        {
          group,
          new: false,
          partitions: [
            {
              topic,
              partition: 0,
              before: 8,
              after: 4,
              change: -4,
              rereads: 4,
              skips: 0,
              note: 'clamped-to-start',
              status: 'planned',
              error: null,
            },
          ],
        },
      ],
    });
  });

  test('says that a time without a zone is taken as UTC', async () => {
    const args = ['groups', 'reset-offsets', group, '--topic', topic, '--dry-run', '--to-datetime'];
    expect((await kafkit([...args, '2026-01-01T00:00:00'])).stderr).toMatch(/names no time zone and is taken as UTC/);
    expect((await kafkit([...args, '2026-01-01T00:00:00+02:00'])).stderr).toBe('');
  });
});

test('what is not said is asked for, and what cannot be is refused, before anything is written', async () => {
  const topic = await createTopic('refuse', { partitions: 2 });
  const group = uniqueName('refuse');
  await fill(topic, [5, 5]);
  await commit(group, topic, [1, undefined]);
  const reset = (...args: string[]) => kafkit(['groups', 'reset-offsets', group, '--yes', ...args]);
  expect(await reset('--topic', topic)).toMatchObject({ code: 2, stderr: expect.stringContaining('no target is given') as string });
  expect(await reset('--to-latest')).toMatchObject({ code: 2, stderr: expect.stringContaining('no topic is named') as string });
  expect(await reset('--to-latest', '--to-earliest', '--topic', topic)).toMatchObject({ code: 2 });
  expect(withPlaces(await reset('--to-latest', '--topic', 'no-such-topic'))).toMatchObject({
    code: 1,
    stderr: "error: topic 'no-such-topic' does not exist\nhint: see which topics exist: kafkit topics list\n<cluster>\n",
  });
  expect(await reset('--to-latest', '--topic', `${topic}:0,2`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has 2 partitions, numbered from 0, and no 2') as string,
  });
  expect(await reset('--shift-by', '1', '--topic', topic)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`group '${group}': ${topic}-1 has no committed offset to shift from`) as string,
  });
  const unasked = await kafkit(['groups', 'reset-offsets', group, '--topic', topic, '--to-latest']);
  expect(unasked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('add --yes') as string });
  expect(await committed(group, topic)).toEqual([1, -1]);
});

test('a reset is undone by the file that it saved before', async () => {
  const topic = await createTopic('undo', { partitions: 2 });
  const group = uniqueName('undo');
  await fill(topic, [5, 5]);
  await commit(group, topic, [1, 2]);
  const undo = join(folder, 'undo.json');
  const args = ['groups', 'reset-offsets', group, '--all-topics', '--to-latest', '--yes', '--save-before', undo];
  expect(await kafkit(args)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`the offsets of before are in ${undo}`) as string,
  });
  expect(await committed(group, topic)).toEqual([5, 5]);
  expect(await kafkit([...args.slice(0, 4), '--to-earliest', '--yes', '--save-before', undo])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('exists already') as string,
  });
  expect(JSON.parse(await readFile(undo, 'utf8'))).toMatchObject({
    version: 1,
    group,
    source: 'committed',
    partitions: [
      { topic, partition: 0, offset: 1, metadata: '' },
      { topic, partition: 1, offset: 2, metadata: '' },
    ],
  });
  expect(await kafkit(['groups', 'import', undo, '--yes'])).toMatchObject({ code: 0 });
  expect(await committed(group, topic)).toEqual([1, 2]);
});

test('an export is what reset-offsets and import read, and kafka-consumer-groups reads the CSV of it', async () => {
  const topic = await createTopic('export', { partitions: 3 });
  const group = uniqueName('export');
  await fill(topic, [5, 5, 5]);
  await commit(group, topic, [1, 2, 3]);
  const before = join(folder, 'before.json');
  const { code, stdout, stderr } = await kafkit(['groups', 'export', group]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    group,
    clusterId: expect.any(String) as string,
    takenAt: expect.stringMatching(/^\d{4}-/) as string,
    source: 'committed',
    partitions: [1, 2, 3].map((offset, partition) => ({
      topic,
      partition,
      offset,
      topicId: expect.any(String) as string,
      metadata: '',
    })),
  });
  await writeFile(before, stdout);
  await commit(group, topic, [5, 5, 5]);
  expect(await kafkit(['groups', 'reset-offsets', group, '--from-file', before, '--yes'])).toMatchObject({ code: 0 });
  expect(await committed(group, topic)).toEqual([1, 2, 3]);

  const copy = `${group}-copy`;
  const imported = await kafkitJsonQuiet('groups', 'import', before, '--group', copy, '--yes');
  expect(imported).toMatchObject({ dryRun: false, groups: [{ group: copy, new: true }] });
  expect(await committed(copy, topic)).toEqual([1, 2, 3]);
  expect(await kafkit(['groups', 'reset-offsets', `${group}-none`, '--from-file', before, '--yes'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`has no offsets of group '${group}-none'; it has those of '${group}'`) as string,
  });

  const csv = join(folder, 'before.csv');
  const exported = await kafkit(['groups', 'export', group, copy, '-o', 'csv']);
  expect(exported.stdout.split('\n')[0]).toBe(`${group},${topic},0,1`);
  await writeFile(csv, exported.stdout);
  await commit(group, topic, [4, 4, 4]);
  await commit(copy, topic, [4, 4, 4]);
  await kafkaGroups('--reset-offsets', '--group', group, '--group', copy, '--from-file', csv, '--execute');
  expect(await committed(group, topic)).toEqual([1, 2, 3]);
  await commit(group, topic, [4, 4, 4]);
  expect(await kafkit(['groups', 'reset-offsets', group, '--from-file', csv, '--topic', `${topic}:1`, '--yes'])).toMatchObject({
    code: 0,
  });
  expect(await committed(group, topic)).toEqual([4, 2, 4]);
  expect(await kafkit(['groups', 'reset-offsets', group, '--from-group', copy, '--yes'])).toMatchObject({ code: 0 });
  expect(await committed(group, topic)).toEqual([1, 2, 3]);
});

/** What kafkit printed as JSON, where it had a plan to show. */
async function kafkitJsonQuiet(...args: string[]): Promise<unknown> {
  return kafkitJson(...args, '--quiet');
}

test('a leader epoch goes back with its offset, and not into a topic that was created again', async () => {
  const topic = await createTopic('epoch');
  const group = uniqueName('epoch');
  await fill(topic, [5]);
  const exported = await kafkitJson<{ clusterId: string }>('groups', 'export', await committedGroup(topic));
  const topicId = (exported as unknown as { partitions: { topicId: string }[] }).partitions[0]?.topicId;
  const file = join(folder, 'epoch.json');
  const entry = { topic, partition: 0, offset: 3, leaderEpoch: 0, topicId, metadata: 'from a file' };
  await writeFile(file, JSON.stringify({ version: 1, group, clusterId: exported.clusterId, partitions: [entry] }));
  expect(await kafkit(['groups', 'import', file, '--yes'])).toMatchObject({ code: 0 });
  expect(await kafkitJson('groups', 'export', group)).toMatchObject({
    partitions: [{ offset: 3, leaderEpoch: 0, metadata: 'from a file' }],
  });

  await writeFile(file, JSON.stringify({ version: 1, group: `${group}-2`, clusterId: 'another', partitions: [entry] }));
  const said = { stderr: expect.stringContaining(`the file is of cluster another, this is ${exported.clusterId}`) as string };
  expect(await kafkit(['groups', 'import', file, '--yes'])).toMatchObject({ code: 1, stdout: '', ...said });
  expect(await kafkit(['groups', 'import', file, '--yes', '--force'])).toMatchObject({ code: 0, ...said });
  expect(await kafkitJson('groups', 'export', `${group}-2`)).toEqual(
    expect.objectContaining({ partitions: [{ topic, partition: 0, offset: 3, topicId, metadata: 'from a file' }] }),
  );

  await withAdmin(undefined, (admin) => admin.deleteTopics({ topics: [topic] }));
  expect(await kafkit(['groups', 'import', file, '--yes'])).toMatchObject({ code: 1, stdout: '' });
});

async function committedGroup(topic: string): Promise<string> {
  const group = uniqueName('seen');
  await commit(group, topic, [0]);
  return group;
}
