import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sharedCluster, withPlaces } from './fixture/shared-cluster.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { seededTopic } from './fixture/seeded-topic.js';
import { withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function remove(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit(['records', 'delete', ...args, '-b', inject('bootstrap')], { cwd: folder });
}

/** Writes a delete-records file, and returns its path. */
async function fileOf(...partitions: { topic: string; partition: number; offset: number }[]): Promise<string> {
  const path = join(folder, `${uniqueName('cut')}.json`);
  await writeFile(path, JSON.stringify({ version: 1, partitions }));
  return path;
}

/** First and last offsets, as somebody else reads them: `[low, high]` of each partition. */
async function bounds(topic: string): Promise<[string, string][]> {
  const offsets = await withAdmin(undefined, (admin) => admin.fetchTopicOffsets(topic));
  return offsets.sort((left, right) => left.partition - right.partition).map(({ low, high }) => [low, high]);
}

/** A topic of two partitions with 5 and 3 records, one second apart from 1700000000000 on. */
test('an offset file cuts as kafka-delete-records cuts with the same file', async () => {
  const [one, other] = [await seededTopic('records'), await seededTopic('records')];
  const partitionsOf = (topic: string) => [
    { topic, partition: 0, offset: 2 },
    { topic, partition: 1, offset: -1 },
  ];
  const kafka = await runKafkaTool('org.apache.kafka.tools.DeleteRecordsCommand', [
    '--bootstrap-server',
    inject('bootstrap'),
    '--offset-json-file',
    await fileOf(...partitionsOf(other)),
  ]);
  const ours = await remove('--offset-json-file', await fileOf(...partitionsOf(one)), '--yes', '-o', 'jsonl');
  expect(ours.code).toBe(0);
  const rows = ours.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { partition: number; lowWatermark: number });
  expect(rows.map(({ partition, lowWatermark }) => `partition: ${other}-${partition}\tlow_watermark: ${lowWatermark}`)).toEqual(
    kafka.stdout.trimEnd().split('\n').slice(2).sort(),
  );
  expect(await bounds(one)).toEqual(await bounds(other));
  expect(await bounds(one)).toEqual([
    ['2', '5'],
    ['3', '3'],
  ]);
});

test('the plan names what goes and how old it is, a dry run leaves it, and the JSON is pinned', async () => {
  const topic = await seededTopic('records');
  const dry = await remove(topic, '--keep-last', '1', '--dry-run', '-o', 'json');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  const planned = { topic, start: 0, status: 'planned', lowWatermark: null, error: null, firstTimestamp: 1_700_000_000_000 };
  expect(JSON.parse(dry.stdout)).toEqual({
    cluster: sharedCluster(),
    dryRun: true,
    partitions: [
      { ...planned, partition: 0, cut: 4, end: 5, records: 4, lastTimestamp: 1_700_000_003_000 },
      { ...planned, partition: 1, cut: 2, end: 3, records: 2, lastTimestamp: 1_700_000_001_000 },
    ],
  });
  expect(await remove(topic, '--keep-last', '1')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no terminal to ask on\nhint: add --yes') as string,
  });
  expect(await bounds(topic)).toEqual([
    ['0', '5'],
    ['0', '3'],
  ]);
  const done = await remove(`${topic}:0`, '--keep-last', '1', '--yes');
  const pad = ' '.repeat(topic.length - 5);
  expect(withPlaces(done)).toMatchObject({
    code: 0,
    stdout: `TOPIC${pad}  PARTITION  STATUS   RECORDS  LOW-WATERMARK\n${topic}          0  deleted        4              4\n\n<cluster>\n`,
    stderr: expect.stringContaining('2023-11-14T22:13:20.000Z  2023-11-14T22:13:23.000Z') as string,
  });
  expect(await bounds(topic)).toEqual([
    ['4', '5'],
    ['0', '3'],
  ]);
});

test('--before cuts at the first record that is not older, --to-end everything, and a second time nothing is left to do', async () => {
  const topic = await seededTopic('records');
  expect(await remove(topic, '--before', '2023-11-14T22:13:21.500Z', '--yes')).toMatchObject({ code: 0 });
  expect(await bounds(topic)).toEqual([
    ['2', '5'],
    ['2', '3'],
  ]);
  expect(await remove(topic, '--before', '2023-11-14T22:13:21.500Z')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('unchanged') as string,
  });
  expect(await remove('--topic', topic, '--partition', '0,1', '--to-end', '--yes')).toMatchObject({ code: 0 });
  expect(await bounds(topic)).toEqual([
    ['5', '5'],
    ['3', '3'],
  ]);
});

test("a group's export cuts what the group has read", async () => {
  const topic = await seededTopic('records');
  const groupId = uniqueName('billing');
  await withAdmin(undefined, (admin) => admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '3' }] }));
  const exported = await runKafkit(['groups', 'export', groupId, '-b', inject('bootstrap')]);
  expect(exported).toMatchObject({ code: 0 });
  const path = join(folder, 'before.json');
  await writeFile(path, exported.stdout);
  expect(await remove('--offset-json-file', path, '--yes')).toMatchObject({ code: 0 });
  expect(await bounds(topic)).toEqual([
    ['3', '5'],
    ['0', '3'],
  ]);
});

test('with anything wrong in a file nothing is deleted, and all of it is named', async () => {
  const topic = await seededTopic('records');
  const path = await fileOf(
    { topic, partition: 0, offset: 3 },
    { topic, partition: 1, offset: 4 },
    { topic, partition: 2, offset: 0 },
    { topic: 'no-such-topic', partition: 0, offset: 0 },
  );
  expect(withPlaces(await remove('--offset-json-file', path, '--yes'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: [
      'error: no records were deleted',
      `topic '${topic}' has no partition 2, only 2 from 0 on`,
      "topic 'no-such-topic' does not exist",
      `${topic}-1: offset 4 lies beyond the end, which is 3`,
      'hint: see what the file means on this cluster: kafkit offsets show FILE',
      '<cluster>',
      '',
    ].join('\n'),
  });
  const twice = await fileOf({ topic, partition: 0, offset: 3 }, { topic, partition: 0, offset: 3 });
  expect(await remove('--offset-json-file', twice, '--yes')).toMatchObject({ code: 2, stdout: '' });
  expect(await bounds(topic)).toEqual([
    ['0', '5'],
    ['0', '3'],
  ]);
});

test('a compacted topic is refused for the reason that kafka-delete-records is given by the broker', async () => {
  const topic = await seededTopic('records', { 'cleanup.policy': 'compact' });
  expect(withPlaces(await remove(topic, '--to-end', '--yes'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: [
      'error: no records were deleted',
      `topic '${topic}' has cleanup.policy=compact, and Kafka deletes no records of a topic that is only compacted`,
      'hint: allow it with: kafkit topics alter TOPIC --config cleanup.policy=compact,delete',
      '<cluster>',
      '',
    ].join('\n'),
  });
  const path = await fileOf({ topic, partition: 0, offset: 1 });
  const kafka = await runKafkaTool('org.apache.kafka.tools.DeleteRecordsCommand', [
    '--bootstrap-server',
    inject('bootstrap'),
    '--offset-json-file',
    path,
  ]);
  expect(kafka.stdout).toContain('PolicyViolationException');
});

test.each([
  { args: [], message: 'where to cut is not said' },
  { args: ['orders', '--to-end', '--keep-last', '3'], message: 'where to cut is said more than once' },
  { args: ['--to-end'], message: 'no topic is named' },
  { args: ['orders', '--keep-last', '0'], message: "--keep-last '0' is not a whole number from 1" },
  { args: ['orders', '--before', '-1'], message: "--before '-1' has no unit" },
  { args: ['orders', '--offset-json-file', 'x.json'], message: 'the offset file names the partitions' },
])('$args is refused before anybody is asked', async ({ args, message }) => {
  const { code, stdout, stderr } = await runKafkit(['records', 'delete', ...args, '--yes', '-b', '127.0.0.1:1']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`error: ${message}`);
});
