import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import {
  asKafkaTells,
  commit,
  deleteRecords,
  fill,
  joinGroup,
  kafkaLag,
  kafkit,
  kafkitJson,
  type LagDocument,
} from './groups-run.js';

function lag(...args: string[]): Promise<LagDocument> {
  return kafkitJson<LagDocument>('lag', 'describe', ...args);
}

test('a group that nobody is in has the lag that kafka-consumer-groups tells', async () => {
  const topic = await createTopic('lag', { partitions: 3 });
  const group = uniqueName('billing');
  await fill(topic, [10, 5, 7]);
  await commit(group, topic, [4, 5, undefined]);
  const document = await lag(group);
  expect(asKafkaTells(document)).toEqual(await kafkaLag(group));
  expect(document).toEqual({
    takenAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    groups: [
      {
        group,
        state: 'Empty',
        type: 'classic',
        lag: 6,
        lost: 0,
        partitionCount: 2,
        withoutLag: 0,
        topics: [{ topic, lag: 6, lost: 0, partitionCount: 2, withoutLag: 0 }],
        partitions: [
          { topic, partition: 0, committed: 4, start: 0, end: 10, lag: 6, lost: 0, state: 'ok', member: null },
          { topic, partition: 1, committed: 5, start: 0, end: 5, lag: 0, lost: 0, state: 'ok', member: null },
        ],
      },
    ],
    incomplete: [],
  });
  expect(await lag('--group', group)).toMatchObject({ groups: document.groups });
});

test.each(['classic', 'consumer'])('members of the %s protocol are named as kafka-consumer-groups names them', async (protocol) => {
  const topic = await createTopic('lag', { partitions: 2 });
  const group = uniqueName('live');
  await fill(topic, [3, 4]);
  await joinGroup(group, topic, `group.protocol=${protocol}`, 'enable.auto.commit=false');
  const document = await lag(group);
  expect(asKafkaTells(document)).toEqual(await kafkaLag(group));
  expect(document.groups).toMatchObject([
    {
      state: 'Stable',
      type: protocol,
      lag: null,
      withoutLag: 2,
      partitions: [{ state: 'no-commit', lag: null, reason: 'no commit' }, { state: 'no-commit' }],
    },
  ]);
});

test('records that were deleted unread are lost, and no lag as Kafka counts it', async () => {
  const topic = await createTopic('lag');
  const group = uniqueName('behind');
  await fill(topic, [10]);
  await commit(group, topic, [2]);
  await deleteRecords(topic, 6);
  const document = await lag(group);
  expect(await kafkaLag(group)).toMatchObject([{ lag: '8' }]);
  expect(document.groups).toMatchObject([{ lag: 4, lost: 4, partitions: [{ lag: 4, state: 'before-start', start: 6, lost: 4 }] }]);
});

test('a transaction that is open counts for read_uncommitted and not for read_committed', async () => {
  const topic = await createTopic('lag');
  const group = uniqueName('stable');
  await fill(topic, [3]);
  await commit(group, topic, [1]);
  const kafka = new kafkajs.Kafka({ brokers: inject('bootstrap').split(','), logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ transactionalId: uniqueName('tx'), maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ value: 'a' }, { value: 'b' }], acks: -1 });
  expect((await lag(group, '--isolation-level', 'read_committed')).groups).toMatchObject([{ lag: 2 }]);
  const uncommitted = await lag(group);
  expect(uncommitted.groups).toMatchObject([{ lag: 4 }]);
  expect(asKafkaTells(uncommitted)).toEqual(await kafkaLag(group));
  await transaction.abort();
});

test('a deleted topic leaves the lag of the others as it is', async () => {
  const gone = await createTopic('gone');
  const kept = await createTopic('kept');
  const group = uniqueName('mixed');
  await fill(gone, [5]);
  await fill(kept, [5]);
  await commit(group, gone, [1]);
  await commit(group, kept, [2]);
  await withAdmin(undefined, (admin) => admin.deleteTopics({ topics: [gone] }));
  const described = (): Promise<LagDocument> =>
    kafkit(['lag', 'describe', group, '-o', 'json']).then(({ stdout }) => JSON.parse(stdout) as LagDocument);
  const kafkas = await kafkaLag(group);
  expect(kafkas.filter(({ topic }) => topic === kept)).toMatchObject([{ lag: '3' }]);
  expect((await described()).groups[0]?.partitions.filter(({ topic }) => topic === kept)).toMatchObject([{ lag: 3, state: 'ok' }]);
});

test('sixty groups of twelve partitions are told in one go', async () => {
  const topic = await createTopic('many', { partitions: 12 });
  await fill(
    topic,
    Array.from({ length: 12 }, () => 5),
  );
  const prefix = uniqueName('many');
  const names = Array.from({ length: 60 }, (_, index) => `${prefix}-${String(index).padStart(2, '0')}`);
  const file = names.map((group, index) => ({
    group,
    partitions: Array.from({ length: 12 }, (_, partition) => ({ topic, partition, offset: index % 6 })),
  }));
  const home = await mkdtemp(join(tmpdir(), 'kafkit-lag-'));
  onTestFinished(() => rm(home, { recursive: true }));
  await writeFile(join(home, 'many.json'), JSON.stringify({ version: 1, groups: file }));
  expect(await kafkit(['groups', 'import', 'many.json', '--yes', '--quiet'], { cwd: home })).toMatchObject({ code: 0, stderr: '' });
  const { groups } = await lag(...names);
  expect(groups.map(({ group }) => group)).toEqual(names);
  expect(groups.map((group) => group.lag)).toEqual(names.map((_, index) => 12 * (5 - (index % 6))));
  const listed = await kafkit(['lag', 'list', '-o', 'names']);
  expect(listed.stdout.split('\n').filter((name) => name.startsWith(prefix))).toHaveLength(60);
});

test('a group that does not exist is an error, and so is none', async () => {
  expect(await kafkit(['lag', 'describe', 'nobody', 'noone'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      "error: group 'nobody' does not exist\ngroup 'noone' does not exist\nhint: see which groups exist: kafkit groups list\n",
  });
  expect(await kafkit(['lag', 'describe'])).toMatchObject({ code: 2, stdout: '' });
});
