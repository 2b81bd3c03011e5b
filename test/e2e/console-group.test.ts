import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { committedBy, produceValues, sortedLines, startConsumer, valuesOf } from './console-group-run.js';
import { produceTo, runConsole } from './console-run.js';
import { isolatedEnv } from './fixture/run-kafkit.js';
import { runProcess, type RunningProcess } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { javaMember } from './member-run.js';

const patience = { timeout: 40_000, interval: 50 };
let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'kafkit-group-'))));
afterAll(() => rm(home, { recursive: true, force: true }));

async function filledTopic(partitions: number, count: number): Promise<string> {
  const topic = await createTopic('grouped', { partitions });
  await produceValues(topic, valuesOf(partitions, 0, count));
  return topic;
}

const lineCount = (running: RunningProcess): number => running.stdout().split('\n').length - 1;

describe('commits', () => {
  test('everything is read once and committed, and the next run goes on behind it', async () => {
    const topic = await filledTopic(3, 20);
    const group = uniqueName('once');
    const args = ['consume', topic, '--group', group, '--from-beginning', '--exit-at-end'];
    const first = await runConsole(args);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(sortedLines(first.stdout)).toEqual(valuesOf(3, 0, 20).sort());
    expect(await committedBy(group)).toEqual({ [`${topic}-0`]: 20, [`${topic}-1`]: 20, [`${topic}-2`]: 20 });
    await produceValues(topic, ['1:99']);
    expect(await runConsole(args)).toMatchObject({ code: 0, stdout: '1:99\n', stderr: '' });
  });

  test('--max-messages commits exactly behind the last record printed', async () => {
    const topic = await filledTopic(1, 30);
    const group = uniqueName('limit');
    const args = ['consume', topic, '--group', group, '--from-beginning', '--max-messages', '7'];
    expect((await runConsole(args)).stdout).toBe(valuesOf(1, 0, 7).join('\n') + '\n');
    expect(await committedBy(group)).toEqual({ [`${topic}-0`]: 7 });
    expect((await runConsole(args)).stdout).toBe(valuesOf(1, 7, 7).join('\n') + '\n');
  });

  test.each([
    ['batch', []],
    ['interval', ['--commit', 'interval', '--commit-interval', '200ms']],
  ])('are made while reading goes on: %s', async (_, flags) => {
    const topic = await filledTopic(1, 5);
    const group = uniqueName('live');
    const running = await startConsumer(topic, '--group', group, '--from-beginning', ...flags);
    await running.waitFor('stdout', /0:4/);
    await vi.waitFor(async () => expect(await committedBy(group)).toEqual({ [`${topic}-0`]: 5 }), patience);
    running.kill('SIGTERM');
    expect((await running.outcome).code).toBe(143);
  });

  test('--commit none moves nothing', async () => {
    const topic = await filledTopic(1, 5);
    const group = uniqueName('none');
    const args = ['consume', topic, '--group', group, '--from-beginning', '--exit-at-end'];
    expect(sortedLines((await runConsole([...args, '--commit', 'none'])).stdout)).toHaveLength(5);
    expect(sortedLines((await runConsole(args)).stdout)).toHaveLength(5);
  });

  test('without a commit reading starts at the end, and the place is kept for the next run', async () => {
    const topic = await filledTopic(2, 5);
    const group = uniqueName('latest');
    expect(await runConsole(['consume', topic, '--group', group, '--idle-timeout', '500ms'])).toMatchObject({
      code: 0,
      stdout: '',
    });
    await produceValues(topic, ['0:6', '1:6']);
    const next = await runConsole(['consume', topic, '--group', group, '--exit-at-end']);
    expect(sortedLines(next.stdout)).toEqual(['0:6', '1:6']);
  });

  test('count what a transaction leaves in the log', async () => {
    const topic = await createTopic('grouped');
    await produceTo(topic, 'a\nb\n', '--transactional-id', uniqueName('tx'));
    const group = uniqueName('transactions');
    const args = ['--group', group, '--from-beginning', '--exit-at-end', '--isolation-level', 'read_committed'];
    expect((await runConsole(['consume', topic, ...args])).stdout).toBe('a\nb\n');
    expect(await committedBy(group)).toEqual({ [`${topic}-0`]: 3 });
  });
});

describe('a run that ends early', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what was printed is committed, the rest comes next time', async (signal, code) => {
    const topic = await createTopic('grouped', { partitions: 2 });
    const lines = Array.from({ length: 60_000 }, (_, index) => `${index} ${'x'.repeat(80)}`);
    await produceTo(topic, lines.join('\n') + '\n', '--partitioner', 'round-robin');
    const group = uniqueName('interrupted');
    const args = [topic, '--group', group, '--from-beginning'];
    const running = await startConsumer(...args);
    await running.waitFor('stdout', /\n/);
    running.kill(signal);
    const first = await running.outcome;
    expect(first).toMatchObject({ code, stderr: '' });
    const rest = await runConsole(['consume', ...args, '--exit-at-end']);
    expect(sortedLines(first.stdout, rest.stdout)).toEqual(lines.sort());
  });

  test('a reader that goes away (head) ends it quietly, and no record is skipped', async () => {
    const topic = await createTopic('grouped');
    const lines = Array.from({ length: 50_000 }, (_, index) => `${index} ${'x'.repeat(80)}`);
    await produceTo(topic, lines.join('\n') + '\n');
    const group = uniqueName('head');
    const kafkit = new URL('../../bin/kafkit.js', import.meta.url).pathname;
    const command = `${process.execPath} ${kafkit} console consume ${topic} --group ${group} --from-beginning -b ${inject('bootstrap')}`;
    const script = `${command} | head -n 3`;
    const outcome = await runProcess('bash', ['-o', 'pipefail', '-c', script], { env: isolatedEnv(home), timeoutMs: 30_000 });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const rest = sortedLines((await runConsole(['consume', topic, '--group', group, '--exit-at-end', '--from-beginning'])).stdout);
    const seen = new Set([...sortedLines(outcome.stdout), ...rest]);
    expect(seen.size).toBeGreaterThanOrEqual(lines.length);
  });

  test('output that cannot be written ends it, and nothing is committed', async () => {
    const topic = await filledTopic(1, 5);
    const group = uniqueName('full');
    const kafkit = new URL('../../bin/kafkit.js', import.meta.url).pathname;
    const command = `${process.execPath} ${kafkit} console consume ${topic} --group ${group} --from-beginning -b ${inject('bootstrap')}`;
    const outcome = await runProcess('bash', ['-c', `${command} > /dev/full`], { env: isolatedEnv(home), timeoutMs: 30_000 });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^error: cannot write to standard output: ENOSPC/);
    const next = await runConsole(['consume', topic, '--group', group, '--from-beginning', '--exit-at-end']);
    expect(sortedLines(next.stdout)).toHaveLength(5);
  });

  test('kill -9: the next run prints every record that was not committed', async () => {
    const topic = await filledTopic(1, 50);
    const group = uniqueName('killed');
    const args = [topic, '--group', group, '--from-beginning', '--session-timeout', '6s'];
    const running = await startConsumer(...args);
    await running.waitFor('stdout', /0:49/);
    running.kill('SIGKILL');
    await running.outcome;
    await produceValues(topic, valuesOf(1, 50, 10));
    const next = await runConsole(['consume', ...args, '--exit-at-end']);
    expect(next.code).toBe(0);
    expect(new Set(sortedLines(running.stdout(), next.stdout))).toEqual(new Set(valuesOf(1, 0, 60)));
  });
});

describe('a group of several', () => {
  test.each([
    ['classic', ['--assignor', 'range'], {}],
    ['classic, cooperative', ['--assignor', 'cooperative-sticky'], { 'partition.assignment.strategy': 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor' }], // prettier-ignore
    ['consumer protocol', ['--group-protocol', 'consumer'], { 'group.protocol': 'consumer' }],
  ] as const)("shares the records with Kafka's console consumer, each record once: %s", async (_, flags, properties) => {
    const topic = await filledTopic(4, 10);
    const group = uniqueName('shared');
    const settings = join(home, `${group}.properties`);
    await writeFile(settings, 'heartbeat.interval.ms=500\nmetadata.max.age.ms=1000\n');
    const args = ['--group', group, '--from-beginning', ...flags, '--command-config', settings, '--verbose'];
    const ours = await startConsumer(topic, ...args);
    await vi.waitUntil(() => lineCount(ours) === 40, patience);
    const java = await javaMember(group, topic, properties);
    await ours.waitFor('stderr', /gave up \S+-[\d,]+, because/);
    await ours.waitFor('stderr', /assigned \S+-\d,\d \(/);
    await produceValues(topic, valuesOf(4, 100, 10));
    await java.hasRead(20);
    await vi.waitUntil(() => lineCount(ours) === 60, patience);
    ours.kill('SIGINT');
    const outcome = await ours.outcome;
    expect(outcome.code).toBe(130);
    await produceValues(topic, valuesOf(4, 200, 10));
    await java.hasRead(60);
    const javaLines = await java.stop();
    expect(sortedLines(outcome.stdout, ...javaLines)).toEqual(
      [...valuesOf(4, 0, 10), ...valuesOf(4, 100, 10), ...valuesOf(4, 200, 10)].sort(),
    );
  });

  test('a second kafkit joins and leaves, and says why partitions move', async () => {
    const topic = await filledTopic(2, 10);
    const group = uniqueName('pair');
    const settings = join(home, `${group}.properties`);
    await writeFile(settings, 'heartbeat.interval.ms=500\ngroup.protocol=classic\n');
    const args = [topic, '--group', group, '--from-beginning', '--command-config', settings, '--verbose'];
    const one = await startConsumer(...args);
    await vi.waitUntil(() => lineCount(one) === 20, patience);
    const two = await startConsumer(...args);
    await two.waitFor('stderr', /assigned \S+-\d \(new: \S+-\d\)/);
    await one.waitFor('stderr', /gave up \S+-0,1, because the group rebalances/);
    await one.waitFor('stderr', /assigned \S+-\d \(/);
    await produceValues(topic, valuesOf(2, 100, 10));
    await vi.waitUntil(() => lineCount(one) === 30 && lineCount(two) === 10, patience);
    two.kill('SIGTERM');
    expect((await two.outcome).code).toBe(143);
    await one.waitFor('stderr', /assigned \S+-0,1 \([^)]*\), as \S+ in generation [3-9]/);
    await produceValues(topic, valuesOf(2, 200, 10));
    await vi.waitUntil(() => lineCount(one) === 50, patience);
    expect(sortedLines(one.stdout(), two.stdout())).toEqual(
      [...valuesOf(2, 0, 10), ...valuesOf(2, 100, 10), ...valuesOf(2, 200, 10)].sort(),
    );
  });

  test('a static member takes its place up again, without waiting for its session to end', async () => {
    const topic = await filledTopic(1, 10);
    const group = uniqueName('static');
    const args = ['consume', topic, '--group', group, '--from-beginning', '--group-instance-id', 'a', '--exit-at-end'];
    expect(sortedLines((await runConsole(args)).stdout)).toHaveLength(10);
    await produceValues(topic, ['0:77']);
    const started = Date.now();
    expect(await runConsole(args)).toMatchObject({ code: 0, stdout: '0:77\n' });
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  test('several topics, or all that match', async () => {
    const prefix = uniqueName('many');
    const [one, two] = [await createTopic(`${prefix}-a`), await createTopic(`${prefix}-b`)];
    await produceTo(one, 'a\n');
    await produceTo(two, 'b\n');
    const flags = ['--from-beginning', '--exit-at-end', '--print', 'topic,value', '--separator', ' '];
    for (const words of [[one, two], [`${prefix}-*`], [`/${prefix}-[ab]/`]]) {
      const { stdout } = await runConsole(['consume', ...words, '--group', uniqueName('many'), ...flags]);
      expect(sortedLines(stdout)).toEqual([`${one} a`, `${two} b`]);
    }
  });
});

test.each([
  [['--partition', '0'], '--partition'],
  [['--offset', '3'], '--offset'],
  [['--tail', '3'], '--tail'],
  [['--from-time', '-1h'], '--from-time'],
  [['--until-offset', '3'], '--until-offset'],
  [['--from-offsets', 'f.json'], '--from-offsets'],
  [['--assignor', 'best'], "--assignor 'best'"],
  [['--group-protocol', 'consumer', '--assignor', 'sticky'], "--assignor 'sticky'"],
  [['--commit-interval', '1s'], '--commit-interval'],
])('%j makes no sense in a group', async (flags, named) => {
  const outcome = await runConsole(['consume', 'any', '--group', 'g', ...flags]);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toContain(named);
});

test('flags of a group need one, and its topic must exist', async () => {
  expect((await runConsole(['consume', 'any', '--commit', 'none'])).stderr).toContain('--commit has no meaning without --group');
  const topic = uniqueName('missing');
  const outcome = await runConsole(['consume', topic, '--group', uniqueName('g')]);
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toContain(`cannot read topic '${topic}'`);
});
