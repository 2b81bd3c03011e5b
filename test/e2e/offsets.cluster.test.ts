import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { produceRecords } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const cluster = useThreeBrokers();

function kafkit(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit([...args, '-b', cluster().bootstrap]);
}

interface Partitions {
  readonly partitions: readonly Readonly<Record<string, unknown>>[];
}

test('a file of offsets on three leaders is what kafka-get-offsets prints, is shown to fit, and differs from a later one', async () => {
  const topic = uniqueName('spread');
  const home = await mkdtemp(join(tmpdir(), 'kafkit-offsets-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const { bootstrap } = cluster();
  expect(await kafkit('topics', 'create', topic, '--replica-assignment', '1:2,2:3,3:1')).toMatchObject({ code: 0 });
  const write = (...partitions: number[]): Promise<void> =>
    produceRecords(
      topic,
      partitions.map((partition) => ({ partition, value: 'x' })),
      bootstrap,
    );
  await write(0, 1, 1, 2, 2, 2);
  const take = async (name: string): Promise<string> => {
    const got = await kafkit('offsets', 'get', topic, '--time', 'latest');
    expect(got).toMatchObject({ code: 0, stderr: '' });
    await writeFile(join(home, name), got.stdout);
    return join(home, name);
  };
  const before = await take('before.json');
  const told = await runKafkaTool('org.apache.kafka.tools.GetOffsetShell', ['--bootstrap-server', bootstrap, '--topic', topic]);
  const { partitions } = JSON.parse(await readFile(before, 'utf8')) as Partitions;
  expect(partitions.map(({ partition, offset }) => `${topic}:${String(partition)}:${String(offset)}`)).toEqual(
    told.stdout.trim().split('\n').sort(),
  );
  expect(await kafkit('offsets', 'show', before)).toMatchObject({ code: 0, stderr: '' });
  await write(1, 2);
  const after = await take('after.json');
  expect(await kafkit('offsets', 'diff', before, before)).toMatchObject({ code: 0 });
  const diff = await kafkit('offsets', 'diff', before, after, '-o', 'json');
  expect(diff).toMatchObject({ code: 3 });
  expect((JSON.parse(diff.stdout) as Partitions).partitions).toMatchObject([
    { partition: 0, difference: 0 },
    { partition: 1, difference: 1 },
    { partition: 2, difference: 1 },
  ]);
});

test('with a broker down, offsets of the other partitions are told, and no record of any is deleted', async () => {
  const paired = uniqueName('outage');
  const lone = `${paired}-lone`;
  expect(await kafkit('topics', 'create', paired, '--replica-assignment', '1:2,1:3')).toMatchObject({ code: 0 });
  expect(await kafkit('topics', 'create', lone, '--replica-assignment', '3')).toMatchObject({ code: 0 });
  for (const [topic, partition] of [
    [paired, 0],
    [paired, 1],
    [lone, 0],
  ] as const)
    await produceRecords(
      topic,
      [
        { partition, value: 'a' },
        { partition, value: 'b' },
      ],
      cluster().bootstrap,
    );
  expect(await kafkit('records', 'delete', paired, '--keep-last', '1', '--yes')).toMatchObject({ code: 0 });

  await cluster()
    .brokers.find(({ id }) => id === 3)
    ?.kill('SIGKILL');
  await expect
    .poll(async () => (await kafkit('offsets', 'get', `${paired}*`, '--time', 'earliest', '--timeout', '20s')).stderr, {
      timeout: 60_000,
      interval: 500,
    })
    .toContain('LEADER_NOT_AVAILABLE');
  const got = await kafkit('offsets', 'get', `${paired}*`, '--time', 'earliest');
  expect(got).toMatchObject({
    code: 1,
    // Whether brokers take long enough to be waited for is theirs.
    stderr: expect.stringMatching(
      new RegExp(
        `^(?:waiting for .*\\n|.* after \\d+ s\\n)*error: cannot find an offset of ${lone}-0: the partition has no leader at the moment ` +
          '\\(LEADER_NOT_AVAILABLE\\)\\nhint: see which replicas are offline: kafkit topics describe TOPIC\\n$',
      ),
    ) as string,
  });
  expect((JSON.parse(got.stdout) as Partitions).partitions).toMatchObject([
    { topic: paired, partition: 0, offset: 1 },
    { topic: paired, partition: 1, offset: 1 },
  ]);

  const refused = await kafkit('records', 'delete', `${paired}*`, '--to-end', '--yes');
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no records were deleted\n') as string });
  // A replica that is down does not keep the leader from cutting.
  const cut = await kafkit('records', 'delete', paired, '--to-end', '--yes', '-o', 'json');
  expect(cut).toMatchObject({ code: 0 });
  expect((JSON.parse(cut.stdout) as Partitions).partitions).toMatchObject([
    { partition: 0, status: 'deleted', records: 1, lowWatermark: 2 },
    { partition: 1, status: 'deleted', records: 1, lowWatermark: 2 },
  ]);
});
