import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import type { SandboxBroker } from '../../src/sandbox/sandbox-broker.js';
import { startCluster } from '../../src/sandbox/start-cluster.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit, startKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome, RunningProcess } from './fixture/run-process.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic, produceRecords, withAdmin } from './fixture/topics.js';

const cluster = useThreeBrokers();
const partitionCount = 12;
const names = Array.from({ length: 120 }, (_, index) => `group-${String(index).padStart(3, '0')}`);
let home: string;
let topic: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-groups-'));
  const { bootstrap } = cluster();
  topic = await createTopic('orders', { partitions: partitionCount, replicationFactor: 3, bootstrap });
  const records = Array.from({ length: partitionCount }, (_, partition) =>
    [1, 2, 3].map((value) => ({ partition, value: `${value}` })),
  );
  await produceRecords(topic, records.flat(), bootstrap);
  const partitions = Array.from({ length: partitionCount }, (_, partition) => ({ topic, partition, offset: 1 }));
  const file = join(home, 'groups.json');
  await writeFile(file, JSON.stringify({ version: 1, groups: names.map((group) => ({ group, partitions })) }));
  expect(await kafkit('groups', 'import', file, '--yes', '--quiet')).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => rm(home, { recursive: true, force: true }));

function kafkit(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit([...args, '-b', cluster().bootstrap], { timeoutMs: 90_000 });
}

const resetAll = (...target: string[]): string[] => {
  const words = ['groups', 'reset-offsets', ...names, '--topic', topic, ...target, '--yes', '--verbose', '-o', 'json'];
  return [...words, '-b', cluster().bootstrap];
};

interface Hanging {
  readonly running: RunningProcess;
  /** Of the group whose commit is on its way. */
  readonly coordinator: SandboxBroker;
  /** Why the commit hangs: the coordinator itself, or a replica that it waits for. */
  readonly frozen: SandboxBroker;
}

/** A reset of all groups in its middle: a commit was sent, and is not answered as long as one of the brokers stands still. */
async function resetInFlight(...target: string[]): Promise<Hanging> {
  const listed = JSON.parse((await kafkit('groups', 'list', 'group-*', '-o', 'json')).stdout) as {
    groups: { group: string; coordinator: number }[];
  };
  expect(listed.groups).toHaveLength(names.length);
  const [frozen] = cluster().brokers;
  if (frozen === undefined) throw new Error('there is no broker');
  const running = startKafkit(resetAll(...target), { home, timeoutMs: 90_000 });
  await running.waitFor('stderr', /committing offsets of group 'group-010'/);
  await frozen.kill('SIGSTOP');
  await expect.poll(() => saysNothing(running, 300), { timeout: 5000, interval: 10 }).toBe(true);
  const begun = [...running.stderr().matchAll(/committing offsets of group '(.*)'/g)].map(([, name]) => name);
  expect(begun.length).toBeGreaterThan(10);
  expect(begun.length).toBeLessThan(names.length);
  const id = listed.groups.find(({ group }) => group === begun.at(-1))?.coordinator;
  const coordinator = cluster().brokers.find((broker) => broker.id === id);
  if (coordinator === undefined) throw new Error('the group in flight has no coordinator');
  return { running, coordinator, frozen };
}

/** Whether the program said nothing for a while. */
async function saysNothing(running: RunningProcess, milliseconds: number): Promise<boolean> {
  const before = running.stderr();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return running.stderr() === before;
}

interface Report {
  readonly groups: readonly {
    readonly group: string;
    readonly partitions: readonly { readonly partition: number; readonly status: string }[];
  }[];
}

/** What became of every partition, by `group partition`. */
function statuses({ stdout }: ProcessOutcome): Map<string, string> {
  const { groups } = JSON.parse(stdout) as Report;
  return new Map(
    groups.flatMap(({ group, partitions }) =>
      partitions.map(({ partition, status }) => [`${group} ${partition}`, status] as const),
    ),
  );
}

/** What kafka-consumer-groups says is committed, by `group partition`. */
async function kafkaCommits(): Promise<Map<string, number>> {
  const args = ['--bootstrap-server', cluster().bootstrap, '--describe', '--all-groups'];
  const { stdout } = await runKafkaTool('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', args);
  const rows = stdout.split('\n').filter((line) => line.startsWith('group-'));
  return new Map(
    rows
      .map((line) => line.split(/\s+/))
      .map(([group = '', , partition = '', offset = '']) => [`${group} ${partition}`, Number(offset)]),
  );
}

test('a reset that runs out of time while a coordinator hangs says what is written, and a second run completes it', async () => {
  const { running, frozen } = await resetInFlight('--to-offset', '3', '--timeout', '6s');
  const outcome = await running.outcome;
  await frozen.kill('SIGCONT');
  expect(outcome.code).toBe(1);
  const told = statuses(outcome);
  const counts = new Map<string, number>();
  for (const status of told.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual(['not-tried', 'unknown', 'written']);
  expect(counts.get('unknown')).toBe(partitionCount);
  const real = await kafkaCommits();
  expect(real.size).toBe(names.length * partitionCount);
  for (const [place, status] of told) {
    if (status === 'written') expect([place, real.get(place)]).toEqual([place, 3]);
    if (status === 'not-tried') expect([place, real.get(place)]).toEqual([place, 1]);
  }

  const again = await runKafkit(resetAll('--to-offset', '3'), { timeoutMs: 90_000 });
  expect(again.code).toBe(0);
  for (const [place, status] of statuses(again)) {
    if (told.get(place) === 'written') expect([place, status]).toEqual([place, 'unchanged']);
    if (told.get(place) === 'not-tried') expect([place, status]).toEqual([place, 'written']);
  }
});

test('a reset whose coordinator is killed while it commits is completed by the next coordinator', async () => {
  const { running, coordinator, frozen } = await resetInFlight('--to-earliest');
  await coordinator.kill('SIGKILL');
  if (frozen !== coordinator) await frozen.kill('SIGCONT');
  const outcome = await running.outcome;
  expect(outcome.code).toBe(0);
  expect(new Set(statuses(outcome).values())).toEqual(new Set(['written']));
  const real = await kafkaCommits();
  expect(real.size).toBe(names.length * partitionCount);
  expect(new Set(real.values())).toEqual(new Set([0]));
});

test('with a broker gone, groups and offsets are still deleted, and no others', async () => {
  const forgotten = await kafkit('groups', 'delete-offsets', 'group-000', '--topic', `${topic}:0,11`, '--yes', '-o', 'json');
  expect(forgotten.code).toBe(0);
  expect(JSON.parse(forgotten.stdout)).toMatchObject({ partitions: [{ status: 'deleted' }, { status: 'deleted' }] });
  const deleted = await kafkit('groups', 'delete', 'group-001', 'group-002', '--yes', '-o', 'json');
  expect(deleted.code).toBe(0);
  expect(JSON.parse(deleted.stdout)).toMatchObject({ groups: [{ status: 'deleted' }, { status: 'deleted' }] });
  const listed = await kafkit('groups', 'list', 'group-*', '-o', 'names');
  expect(listed.stdout.trimEnd().split('\n')).toEqual(names.filter((name) => name !== 'group-001' && name !== 'group-002'));
  const real = await kafkaCommits();
  expect(real.size).toBe((names.length - 2) * partitionCount - 2);
  expect(real.has('group-000 1')).toBe(true);
});

test('a group moves to a mirror in another cluster by the times of its records', async () => {
  const mirror = await startCluster({ kafka: inject('kafka') });
  onTestFinished(() => mirror.stop());
  const { bootstrap } = cluster();
  const source = await createTopic('moved', { replicationFactor: 2, bootstrap });
  const at = (...seconds: number[]): { value: string; timestamp: string }[] =>
    seconds.map((second) => ({ value: `${second}`, timestamp: String(1_767_225_600_000 + second * 1000) }));
  await produceRecords(source, at(10, 20, 30, 40), bootstrap);
  await withAdmin(mirror.bootstrap, (admin) => admin.createTopics({ topics: [{ topic: `a.${source}`, numPartitions: 1 }] }));
  await produceRecords(`a.${source}`, at(-20, -10, 0, 10, 20, 30, 40, 50), mirror.bootstrap);
  await withAdmin(bootstrap, (admin) =>
    admin.setOffsets({ groupId: 'mover', topic: source, partitions: [{ partition: 0, offset: '2' }] }),
  );

  const exported = await kafkit('groups', 'export', 'mover', '--with-timestamps');
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  const file = join(home, 'move.json');
  await writeFile(file, exported.stdout);
  const args = ['groups', 'import', file, '--translate-by-time', '--map-topic', `${source}=a.${source}`, '--yes', '-o', 'json'];
  const imported = await runKafkit([...args, '-b', mirror.bootstrap]);
  expect(imported.code).toBe(0);
  expect(imported.stderr).not.toContain('another cluster');
  const row = { topic: `a.${source}`, before: null, after: 5, fileOffset: 2, byTimestamp: 1_767_225_630_000, status: 'written' };
  expect(JSON.parse(imported.stdout)).toMatchObject({ groups: [{ group: 'mover', new: true, partitions: [row] }] });
  const [found] = await withAdmin(mirror.bootstrap, (admin) => admin.fetchOffsets({ groupId: 'mover', topics: [`a.${source}`] }));
  expect(found?.partitions).toMatchObject([{ partition: 0, offset: '5' }]);
});
