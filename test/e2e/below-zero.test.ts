import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runBin } from './fixture/run-kafkit.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { deleteRecords, fill, kafkit, type LagDocument } from './groups-run.js';
import { commitRaw } from './raw-commit.js';

/** A group with commits of -1, -5 and 3, none in partition 3, and one beyond the end in partition 4. */
async function strangeGroup(): Promise<{ topic: string; group: string }> {
  const topic = await createTopic('strange', { partitions: 5 });
  const group = uniqueName('strange');
  await fill(topic, [10, 10, 10, 10, 10]);
  await commitRaw(group, topic, [-1n, -5n, 3n, undefined, 20n]);
  return { topic, group };
}

const consumerGroups = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';

/** What a tool printed, without the frames of a Java trace. */
function comparable({ code, stdout, stderr }: { code: number | null; stdout: string; stderr: string }): object {
  const lines = stderr.split('\n').filter((line) => !line.startsWith('\tat '));
  return { code, stdout, first: lines.slice(0, 3) };
}

// Java starts once a line, which takes its time on a busy machine.
test(
  'kafka-consumer-groups tells commits below zero as Kafka does: no offset, but a partition of the group',
  { timeout: 240_000 },
  async () => {
    const { topic, group } = await strangeGroup();
    const reset = ['--reset-offsets', '--group', group, '--dry-run'];
    for (const args of [
      ['--describe', '--group', group, '--verbose'],
      [...reset, '--all-topics', '--to-current'],
      [...reset, '--topic', `${topic}:2,2,0`, '--to-current'],
      [...reset, '--all-topics', '--to-earliest', '--export'],
    ]) {
      const all = ['--bootstrap-server', inject('bootstrap'), ...args];
      const [ours, kafkas] = await Promise.all([runBin('kafka-consumer-groups', all), runKafkaTool(consumerGroups, all)]);
      expect(comparable(ours), args.join(' ')).toEqual(comparable(kafkas));
    }
  },
);

test('lag and describe show commits below zero as what they are, without a lag', async () => {
  const { topic, group } = await strangeGroup();
  const { code, stdout } = await kafkit(['lag', 'describe', group, '-o', 'json']);
  expect(code).toBe(0);
  const [told] = (JSON.parse(stdout) as LagDocument).groups;
  expect(told).toMatchObject({ lag: 7, lost: 0, partitionCount: 4, withoutLag: 3 });
  expect(told?.partitions).toMatchObject([
    {
      partition: 0,
      committed: -1,
      lag: null,
      lost: null,
      state: 'below-zero',
      reason: expect.stringContaining('below zero') as string,
    },
    { partition: 1, committed: -5, lag: null, state: 'below-zero' },
    { partition: 2, committed: 3, lag: 7, state: 'ok' },
    { partition: 4, committed: 20, lag: null, state: 'beyond-end', reason: expect.stringContaining('beyond the end') as string },
  ]);
  const table = await kafkit(['groups', 'describe', group]);
  expect(table.stdout).toMatch(new RegExp(`${topic} +1 +-5 +10 +- +- +commit below zero`));
});

test('an export keeps commits below zero apart, names them and fails; an import refuses them by name', async () => {
  const { topic, group } = await strangeGroup();
  const home = await mkdtemp(join(tmpdir(), 'kafkit-below-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const exported = await kafkit(['groups', 'export', group]);
  expect(exported).toMatchObject({ code: 1, stderr: expect.stringContaining(`${topic}-0 (-1), ${topic}-1 (-5)`) as string });
  const file = JSON.parse(exported.stdout) as Record<'partitions' | 'belowZero', { partition: number; offset: number }[]>;
  expect(file.partitions.map(({ partition }) => partition)).toEqual([2, 4]);
  expect(file.belowZero).toMatchObject([
    { topic, partition: 0, offset: -1 },
    { topic, partition: 1, offset: -5 },
  ]);
  const narrow = file.partitions.filter(({ partition }) => partition === 2);
  await writeFile(join(home, 'before.json'), JSON.stringify({ ...file, partitions: narrow }));
  const copy = uniqueName('copy');
  const refused = await kafkit(['groups', 'import', 'before.json', '--group', copy, '--yes'], { cwd: home });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`the commit of ${topic}-1 was below zero (-5)`);
  const forced = await kafkit(['groups', 'import', 'before.json', '--group', copy, '--yes', '--force'], { cwd: home });
  expect(forced).toMatchObject({ code: 0 });
  expect((await kafkit(['groups', 'export', copy, '-o', 'csv'])).stdout).toBe(`${topic},2,3\n`);
  const cut = await kafkit(['records', 'delete', '--offset-json-file', 'before.json', '--yes'], { cwd: home });
  expect(cut).toMatchObject({ code: 1 });
  expect(cut.stderr).toContain(`the commit of ${topic}-0 was below zero (-1)`);
});

test('reset-offsets repairs commits below zero, and delete-offsets deletes them', async () => {
  const { topic, group } = await strangeGroup();
  const current = await kafkit(['groups', 'reset-offsets', group, '--all-topics', '--to-current', '--yes']);
  expect(current).toMatchObject({ code: 1 });
  expect(current.stderr).toContain(`${topic}-1 has a commit below zero (-5)`);
  const repair = await kafkit(['groups', 'reset-offsets', group, '--topic', `${topic}:0`, '--to-earliest', '--yes', '-o', 'json']);
  expect(repair.code).toBe(0);
  expect(JSON.parse(repair.stdout)).toMatchObject({
    groups: [
      { partitions: [{ before: -1, after: 0, change: null, rereads: null, skips: null, note: 'below-zero', status: 'written' }] },
    ],
  });
  const gone = await kafkit(['groups', 'delete-offsets', group, '--topic', `${topic}:1`, '--yes', '-o', 'json']);
  expect(gone.code).toBe(0);
  expect(JSON.parse(gone.stdout)).toMatchObject({ partitions: [{ partition: 1, committed: -5, status: 'deleted' }] });
  expect((await kafkit(['groups', 'export', group, '-o', 'csv'])).stdout).toBe(`${topic},0,0\n${topic},2,3\n${topic},4,20\n`);
});

test('lag counts what can still be read, and what was lost beside it', async () => {
  const topic = await createTopic('lost');
  const group = uniqueName('lost');
  await fill(topic, [100]);
  await deleteRecords(topic, 100);
  await commitRaw(group, topic, [20n]);
  const { stdout } = await kafkit(['lag', 'describe', group, '-o', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    groups: [{ lag: 0, lost: 80, topics: [{ lag: 0, lost: 80 }], partitions: [{ lag: 0, lost: 80, state: 'before-start' }] }],
  });
  const listed = await kafkit(['lag', 'list', '-o', 'json']);
  const { groups } = JSON.parse(listed.stdout) as { groups: { group: string }[] };
  expect(groups.find((each) => each.group === group)).toMatchObject({ lag: 0, lost: 80 });
});
