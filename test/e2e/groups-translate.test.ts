import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sharedCluster } from './fixture/shared-cluster.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { createTopic, produceRecords, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { commit, committed, deleteRecords, kafkaGroups, kafkit, kafkitJson } from './groups-run.js';

const base = Date.UTC(2026, 0, 1);
const at = (partition: number, ...seconds: number[]): Message[] =>
  seconds.map((second) => ({ partition, value: `at ${second}`, timestamp: String(base + second * 1000) }));

let folder: string;
let source: string;
let mirror: string;
const group = uniqueName('mover');
let file: string;

// A topic, and a mirror of it with other offsets: older records before, later records behind, or not all of them yet.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-translate-'));
  file = join(folder, 'move.json');
  source = await createTopic('source', { partitions: 6 });
  mirror = await createTopic('mirror', { partitions: 6 });
  await produceRecords(source, [
    ...at(0, 1, 2, 3, 4, 5),
    ...at(1, 10, 20, 30, 40, 50),
    ...at(2, 10, 20, 30),
    ...at(4, 10, 20, 30),
    ...at(5, 10, 20, 20, 20, 30),
  ]);
  await produceRecords(mirror, [
    ...at(0, 1, 2, 3, 4, 5),
    ...at(1, -30, -20, 10, 20, 30, 40, 50),
    ...at(2, -10, 10, 20, 30, 40, 50),
    ...at(3, 10, 20),
    ...at(4, 10, 20),
    ...at(5, 5, 10, 20, 20, 20, 30),
  ]);
  // Partition 0 lost records unread, 1 has two unread, 2 has none, 3 is empty, 4 is ahead of its mirror, 5 has equal times.
  await commit(group, source, [1, 3, 3, 0, 2, 2]);
  await deleteRecords(source, 3);
  const { code, stdout, stderr } = await kafkit(['groups', 'export', group, '--with-timestamps']);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `warning: group '${group}': records were deleted before they were read, so no time is known for ${source}-0; an import by time begins at the start of the log there\n`,
  });
  await writeFile(file, stdout);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const moveTo = (target: string, ...args: string[]): string[] => {
  const names = ['--group', target, '--map-topic', `${source}=${mirror}`];
  return ['groups', 'import', file, '--translate-by-time', ...names, ...args];
};

test('an export with timestamps has the time of the next record of each partition, or says that there is none', async () => {
  const { partitions } = JSON.parse(await readFile(file, 'utf8')) as { partitions: object[] };
  const time = (second: number): number => base + second * 1000;
  expect(partitions).toEqual(
    [
      { offset: 1, timestamp: null },
      { offset: 3, timestamp: time(40) },
      { offset: 3, timestamp: time(30), atEnd: true },
      { offset: 0, timestamp: null, atEnd: true },
      { offset: 2, timestamp: time(30) },
      { offset: 2, timestamp: time(20) },
    ].map((entry, partition) => expect.objectContaining({ topic: source, partition, ...entry }) as object),
  );
});

test('an import by time begins at the first unread record in the mirror, or earlier, and the plan says by what time', async () => {
  const target = uniqueName('moved');
  expect(await kafkitJson(...moveTo(target, '--dry-run'))).toMatchObject({
    cluster: sharedCluster(),
    dryRun: true,
    groups: [
      {
        group: target,
        new: true,
        partitions: [
          { topic: mirror, partition: 0, before: null, after: 0, fileOffset: 1, byTimestamp: null, note: 'no-time-known' },
          { partition: 1, after: 5, fileOffset: 3, byTimestamp: base + 40_000, note: null, atEnd: false },
          { partition: 2, after: 3, fileOffset: 3, byTimestamp: base + 30_000, note: 'last-record-again', atEnd: true },
          { partition: 3, after: 0, fileOffset: 0, byTimestamp: null, note: 'no-time-known' },
          { partition: 4, after: 2, fileOffset: 2, byTimestamp: base + 30_000, note: 'no-later-record' },
          { partition: 5, after: 2, fileOffset: 2, byTimestamp: base + 20_000, note: null },
        ],
      },
    ],
  });
  expect(await committed(target, mirror)).toEqual([-1, -1, -1, -1, -1, -1]);
  const moved = await kafkit(moveTo(target, '--yes'));
  expect(moved.code).toBe(0);
  expect(moved.stderr).toMatch(/IN-FILE\s+BY-TIME\s+OLD\s+NEW/);
  expect(moved.stderr).toContain('2026-01-01T00:00:40.000Z');
  expect(await committed(target, mirror)).toEqual([0, 5, 3, 0, 2, 2]);
  const time = new Date(base + 40_000).toISOString().slice(0, -1);
  const plan = await kafkaGroups(
    '--reset-offsets',
    '--group',
    target,
    '--topic',
    `${mirror}:1`,
    '--to-datetime',
    time,
    '--dry-run',
  );
  expect(plan).toMatch(new RegExp(`${mirror}\\s+1\\s+5\\s`));
  // What had not been read in the source is read in the mirror, and of what had been as little as times can tell.
  const read = await kafkit(['console', 'consume', mirror, '--group', target, '--exit-at-end', '--commit', 'none']);
  expect(read.code).toBe(0);
  const all = [1, 2, 3, 4, 5, 40, 50, 30, 40, 50, 10, 20, 20, 20, 20, 30].map((second) => `at ${second}`);
  expect(read.stdout.trimEnd().split('\n').sort()).toEqual(all.sort());
});

test('files that carry no timestamps are refused, CSV among them', async () => {
  const plain = join(folder, 'plain.json');
  const csv = join(folder, 'plain.csv');
  await writeFile(plain, (await kafkit(['groups', 'export', group])).stdout);
  await writeFile(csv, (await kafkit(['groups', 'export', group, '-o', 'csv'])).stdout);
  for (const path of [plain, csv]) {
    expect(await kafkit(['groups', 'import', path, '--group', group, '--translate-by-time', '--yes'])).toEqual(
      expect.objectContaining({
        code: 2,
        stdout: '',
        stderr: `error: ${path} has no timestamps, so its offsets cannot be translated by time\nhint: write the file again where the group is now: kafkit groups export ${group} --with-timestamps\n`,
      }),
    );
  }
  expect(await kafkit(['groups', 'export', group, '--with-timestamps', '-o', 'csv'])).toMatchObject({ code: 2, stdout: '' });
  expect(await kafkit(moveTo(group, '--map-topic', 'nothing=else', '--yes'))).toMatchObject({ code: 2, stdout: '' });
});

test('a file with timestamps is an offset file at every other door, that of kafka-delete-records too', async () => {
  expect(
    await kafkit(['groups', 'reset-offsets', group, '--from-file', file, '--topic', `${source}:1`, '--dry-run']),
  ).toMatchObject({
    code: 0,
  });
  const shown = await kafkitJsonOf('offsets', 'show', file);
  expect(shown.partitions.map(({ fit }) => fit)).toEqual(['below-start', 'fits', 'fits', 'fits', 'fits', 'fits']);
  const cut = join(folder, 'cut.json');
  const { partitions, ...rest } = JSON.parse(await readFile(file, 'utf8')) as { partitions: { partition: number }[] };
  await writeFile(cut, JSON.stringify({ ...rest, partitions: partitions.filter(({ partition }) => partition === 2) }));
  const args = ['--bootstrap-server', inject('bootstrap'), '--offset-json-file', cut];
  const deleted = await runKafkaTool('org.apache.kafka.tools.DeleteRecordsCommand', args);
  expect(deleted.stdout).toContain(`partition: ${source}-2\tlow_watermark: 3`);
  const [end] = await withAdmin(undefined, async (admin) =>
    (await admin.fetchTopicOffsets(source)).filter(({ partition }) => partition === 2),
  );
  expect(end).toMatchObject({ low: '3', high: '3' });
});

/** The document of a check, whatever its answer was. */
async function kafkitJsonOf(...args: string[]): Promise<{ partitions: { fit: string }[] }> {
  return JSON.parse((await kafkit([...args, '-o', 'json'])).stdout) as { partitions: { fit: string }[] };
}
