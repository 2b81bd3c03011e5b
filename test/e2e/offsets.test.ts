import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { seededTopic } from './fixture/seeded-topic.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-offsets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function offsets(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit(['offsets', ...args, '-b', inject('bootstrap')], { cwd: folder });
}

/** What `offsets get` printed, as Kafka's own tool prints it. */
async function ours(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await offsets('get', ...args, '-o', 'csv');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(',', ':'));
}

async function kafkas(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runKafkaTool('org.apache.kafka.tools.GetOffsetShell', [
    '--bootstrap-server',
    inject('bootstrap'),
    ...args,
  ]);
  if (code !== 0) throw new Error(`kafka-get-offsets failed: ${stdout}${stderr}`);
  return stdout.trimEnd().split('\n');
}

/** Deletes the records below an offset, without the code under test. */
async function cutAt(topic: string, partition: number, offset: number): Promise<void> {
  await withAdmin(undefined, async (admin) => {
    // kafkajs deletes records only of topics that it has looked up before.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
  });
}

/** A topic of two partitions with 5 and 3 records, one second apart from 1700000000000 on; the first 2 of partition 0 are gone. */
async function cutTopic(): Promise<string> {
  const topic = await seededTopic('offsets');
  await cutAt(topic, 0, 2);
  return topic;
}

test('offsets are those that kafka-get-offsets prints', async () => {
  const topic = await cutTopic();
  expect(await ours(topic)).toEqual([`${topic}:0:5`, `${topic}:1:3`]);
  for (const time of ['earliest', 'max-timestamp', '1700000001500']) {
    expect(await ours(topic, '--time', time), time).toEqual(await kafkas('--topic', topic, '--time', time));
  }
  expect(await ours('--topic', `${topic.slice(0, -2)}*`, '--partition', '1')).toEqual(
    await kafkas('--topic-partitions', `${topic}:1`),
  );
});

test('after the last record the offset is the end, which is said, where kafka-get-offsets prints nothing', async () => {
  const topic = await cutTopic();
  const { code, stdout, stderr } = await offsets('get', topic, '--time', '2023-11-14T22:13:23.500Z');
  expect({ code, stderr }).toEqual({ code: 0, stderr: `${topic}-1: every record is older, so the offset is the end\n` });
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    clusterId: expect.any(String) as string,
    takenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    source: 'timestamp',
    partitions: [
      { topic, partition: 0, offset: 4, leaderEpoch: 0, topicId: expect.any(String) as string, timestamp: 1_700_000_004_000 },
      { topic, partition: 1, offset: 3, leaderEpoch: 0, topicId: expect.any(String) as string, note: 'end' },
    ],
  });
  expect(await kafkas('--topic', topic, '--time', '1700000003500')).toEqual([`${topic}:0:4`]);
});

test('a table where that is asked for, with the time of the record found', async () => {
  const topic = await cutTopic();
  const pad = ' '.repeat(topic.length - 5);
  expect(await offsets('get', `${topic}:0`, '--time', 'max-timestamp', '-o', 'table')).toMatchObject({
    code: 0,
    stdout: `TOPIC${pad}  PARTITION  OFFSET  TIMESTAMP                 NOTE\n${topic}          0       4  2023-11-14T22:13:24.000Z  -\n`,
  });
});

test('an empty partition has no largest timestamp: it is left out and named', async () => {
  const topic = await createTopic('empty');
  const { code, stdout, stderr } = await offsets('get', topic, '--time', 'max-timestamp');
  expect({ code, stderr }).toEqual({ code: 0, stderr: `${topic}-0: left out, it has no max-timestamp offset\n` });
  expect(JSON.parse(stdout)).toMatchObject({ partitions: [] });
});

test('a file that was got is shown to fit, differs from what comes later, and fits no more when its records are gone', async () => {
  const topic = await cutTopic();
  const { stdout } = await offsets('get', topic, '--time', 'earliest');
  const path = join(folder, `${topic}.json`);
  await writeFile(path, stdout);
  expect(await offsets('show', path)).toMatchObject({ code: 0, stderr: '' });
  expect(await offsets('diff', path, path)).toMatchObject({ code: 0 });
  const differing = await offsets('diff', path, '--to', 'latest', '-o', 'json');
  expect(differing).toMatchObject({ code: 3, stderr: '' });
  expect(JSON.parse(differing.stdout)).toEqual({
    equal: false,
    difference: 6,
    withoutDifference: 0,
    clusters: null,
    partitions: [
      { topic, partition: 0, from: 2, to: 5, difference: 3, state: 'changed' },
      { topic, partition: 1, from: 0, to: 3, difference: 3, state: 'changed' },
    ],
    errors: [],
  });
  await cutAt(topic, 1, 1);
  const unfit = await offsets('show', path, '-o', 'json');
  expect(unfit).toMatchObject({ code: 3, stderr: '' });
  expect(JSON.parse(unfit.stdout)).toMatchObject({
    fits: false,
    source: 'earliest',
    partitions: [
      { topic, partition: 0, offset: 2, start: 2, end: 5, before: 0, after: 3, fit: 'fits', error: null },
      { topic, partition: 1, offset: 0, start: 1, end: 3, before: null, after: null, fit: 'below-start', error: null },
    ],
  });
});

test("Kafka's own files are read too, and a topic that was created anew is found out", async () => {
  const topic = await cutTopic();
  await writeFile(join(folder, 'kafka.json'), JSON.stringify({ partitions: [{ topic, partition: 0, offset: -1 }] }));
  await writeFile(join(folder, 'kafka.csv'), `${topic},0,5\n`);
  expect(await offsets('show', 'kafka.json')).toMatchObject({ code: 0 });
  expect(await offsets('diff', 'kafka.csv', '--to', 'latest')).toMatchObject({ code: 0 });
  const { stdout } = await offsets('get', topic);
  await writeFile(join(folder, 'older.json'), stdout.replaceAll(/"topicId": ".*"/g, `"topicId": "${'A'.repeat(22)}"`));
  const shown = await offsets('show', 'older.json');
  expect(shown.code).toBe(3);
  expect(shown.stdout).toContain('the topic was created anew since');
});

test('every mistake of a file is named, and nothing is asked of a cluster', async () => {
  await writeFile(join(folder, 'bad.json'), '{"version":2,"partitions":[{"topic":"a","partition":-1,"offset":1.5}]}');
  expect(await runKafkit(['offsets', 'show', 'bad.json', '-b', '127.0.0.1:1'], { cwd: folder })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: [
      'error: bad.json: version: must be 1, the only version there is, found 2',
      'bad.json: partitions[0].partition: must be from 0 to 2147483647, found -1',
      'bad.json: partitions[0].offset: must be a whole number, found 1.5',
      '',
    ].join('\n'),
  });
  expect(await readFile(join(folder, 'bad.json'), 'utf8')).toContain('"version":2');
});

test('what is not there, and what cannot be meant, is refused', async () => {
  const missing = uniqueName('missing');
  expect(await offsets('get', missing)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `error: topic '${missing}' does not exist\nhint: see which topics exist: kafkit topics list\n`,
  });
  expect(await offsets('get', missing, '--time', '-1')).toMatchObject({ code: 2, stdout: '' });
  expect(await offsets('diff', 'bad.json')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('--to latest') as string,
  });
});
