import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { startKafkaTool } from './fixture/kafka-tool.js';
import { startBin } from './fixture/run-kafkit.js';
import type { RunningProcess } from './fixture/run-process.js';
import { createTopic, produceRecords, withAdmin } from './fixture/topics.js';
import { produceInTransaction } from './fixture/transactions.js';
import { uniqueName } from './fixture/unique-name.js';

// Kafka's consumers commit where they stand, whether or not they have read anything; its own tools say where that is.

const classes = {
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-verifiable-consumer': 'org.apache.kafka.tools.VerifiableConsumer',
} as const;
type Tool = keyof typeof classes;
type Commits = Readonly<Record<number, number>>;

interface Scenario {
  readonly name: string;
  readonly tool: Tool;
  readonly flags?: readonly string[];
  /** Consumer settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What partition 0 of two holds; 7 records unless said otherwise. */
  readonly fill?: (topic: string) => Promise<void>;
  /** When to send SIGTERM: what it has printed, or that it has committed all that is expected. Unset: it ends by itself. */
  readonly stop?: RegExp | 'committed';
  readonly expected: Commits;
}

const patience = { timeout: 40_000, interval: 200 };
const soon = { 'auto.commit.interval.ms': '300' };
const console: Tool = 'kafka-console-consumer';
const verifiable: Tool = 'kafka-verifiable-consumer';
const latest = ['--enable-autocommit', '--reset-policy', 'latest'];
const isolated = { 'isolation.level': 'read_committed' };
const aborted = (topic: string): Promise<void> => produceInTransaction(topic, 3, 'abort');
const committed = (topic: string): Promise<void> => produceInTransaction(topic, 3, 'commit');
const open = (topic: string): Promise<void> => produceInTransaction(topic, 3, 'leave-open');

const scenarios: readonly Scenario[] = [
  { name: 'from the end', tool: console, settings: soon, stop: 'committed', expected: { 0: 7, 1: 0 } },
  { name: 'from the beginning', tool: console, flags: ['--from-beginning'], stop: /6\n/, expected: { 0: 7, 1: 0 } },
  {
    ...{ name: 'some records', tool: console },
    ...{ flags: ['--from-beginning', '--max-messages', '3'], expected: { 0: 3, 1: 0 } },
  },
  {
    ...{ name: 'all records of a transaction', tool: console },
    ...{ flags: ['--from-beginning', '--max-messages', '3'], fill: committed, expected: { 0: 4, 1: 0 } },
  },
  {
    ...{ name: 'since a time that nothing is as recent as', tool: console, stop: 'committed' },
    ...{ settings: { ...soon, 'auto.offset.reset': 'by_duration:PT1H' }, expected: { 0: 7 } },
  },
  {
    ...{ name: 'without automatic commits', tool: console, stop: /6\n/ },
    ...{ flags: ['--from-beginning'], settings: { 'enable.auto.commit': 'false' }, expected: {} },
  },
  { name: 'from the end', tool: verifiable, flags: latest, settings: soon, stop: 'committed', expected: { 0: 7, 1: 0 } },
  {
    ...{ name: 'before an open transaction', tool: verifiable, flags: latest, fill: open },
    ...{ settings: { ...soon, ...isolated }, stop: 'committed', expected: { 0: 0, 1: 0 } },
  },
  {
    ...{ name: 'an aborted transaction', tool: verifiable, flags: ['--enable-autocommit'], fill: aborted },
    ...{ settings: { ...soon, ...isolated }, stop: 'committed', expected: { 0: 4, 1: 0 } },
  },
  {
    ...{ name: 'some records of a poll', tool: verifiable },
    ...{ flags: ['--enable-autocommit', '--max-messages', '3'], fill: committed, expected: { 0: 4, 1: 0 } },
  },
  {
    ...{ name: 'a commit for each poll', tool: verifiable },
    ...{ stop: /offsets_committed/, expected: { 0: 7 } },
  },
];
const cases = ['classic', 'consumer'].flatMap((protocol) => scenarios.map((scenario) => ({ protocol, ...scenario })));

let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'kafkit-auto-commit-'))));
afterAll(() => rm(home, { recursive: true, force: true }));

async function argumentsOf({ tool, flags = [], settings = {} }: Scenario, protocol: string, topic: string, group: string) {
  const file = join(home, `${group}.properties`);
  const all = { ...settings, ...(tool === console && { 'group.protocol': protocol }) };
  await writeFile(
    file,
    Object.entries(all)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  const place = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--command-config', file];
  const member = tool === console ? ['--group', group] : ['--group-id', group, '--group-protocol', protocol];
  return [...place, ...member, ...flags];
}

function commitsOf(group: string, topic: string): Promise<Commits> {
  return withAdmin(undefined, async (admin) => {
    const [found] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    const rows = found?.partitions.filter(({ offset }) => offset !== '-1') ?? [];
    return Object.fromEntries(rows.map(({ partition, offset }) => [partition, Number(offset)]));
  });
}

async function filledTopic({ fill }: Scenario): Promise<string> {
  const topic = await createTopic('auto-commit', { partitions: 2 });
  if (fill !== undefined) await fill(topic);
  else
    await produceRecords(
      topic,
      Array.from({ length: 7 }, (_, index) => ({ partition: 0, value: String(index) })),
    );
  return topic;
}

/** Runs one of the two tools through a scenario, on a topic and in a group of its own; what is committed afterwards. */
async function commitsAfter(
  scenario: Scenario,
  protocol: string,
  start: (args: readonly string[]) => RunningProcess | Promise<RunningProcess>,
): Promise<Commits> {
  const [topic, group] = [await filledTopic(scenario), uniqueName('auto-commit')];
  const running = await start(await argumentsOf(scenario, protocol, topic, group));
  try {
    if (scenario.stop === 'committed')
      await vi.waitFor(async () => expect(await commitsOf(group, topic)).toEqual(scenario.expected), patience);
    else if (scenario.stop !== undefined) await running.waitFor('stdout', scenario.stop);
  } finally {
    if (scenario.stop !== undefined) running.kill('SIGTERM');
  }
  await running.outcome;
  return commitsOf(group, topic);
}

describe.concurrent('what a consumer commits is what its counterpart of Kafka commits', () => {
  test.each(cases)(
    '$tool, $name: $protocol',
    async ({ protocol, ...scenario }) => {
      const { tool, expected } = scenario;
      const [ours, kafkas] = await Promise.all([
        commitsAfter(scenario, protocol, (args) => startBin(tool, args, { home, timeoutMs: 60_000 })),
        commitsAfter(scenario, protocol, (args) => startKafkaTool(classes[tool], args)),
      ]);
      expect({ ours, kafkas }).toEqual({ ours: expected, kafkas: expected });
    },
    90_000,
  );
});

describe.concurrent('a consumer that has read nothing', () => {
  test.each(['classic', 'consumer'])('goes on from there when it starts again: %s', async (protocol) => {
    const scenario: Scenario = { name: '', tool: verifiable, flags: latest, settings: soon, expected: {} };
    const [topic, group] = [await filledTopic(scenario), uniqueName('auto-commit')];
    const args = await argumentsOf(scenario, protocol, topic, group);
    const first = startBin(verifiable, args, { home });
    await vi.waitFor(async () => expect(await commitsOf(group, topic)).toEqual({ 0: 7, 1: 0 }), patience);
    first.kill('SIGTERM');
    await first.outcome;
    await produceRecords(
      topic,
      [0, 1].map((partition) => ({ partition, value: 'later' })),
    );
    const second = startBin(verifiable, [...args, '--max-messages', '2'], { home });
    const { stdout } = await second.outcome;
    expect(stdout.match(/"minOffset":\d+/g)?.sort()).toEqual(['"minOffset":0', '"minOffset":7']);
  });
});

/** What groups with names that were made up have committed of a topic. */
function madeUpCommits(topic: string): Promise<Commits[]> {
  return withAdmin(undefined, async (admin) => {
    const { groups } = await admin.listGroups();
    const names = groups.map(({ groupId }) => groupId).filter((name) => name.startsWith('console-consumer-'));
    const all = await Promise.all(names.map((name) => commitsOf(name, topic)));
    return all.filter((commits) => Object.keys(commits).length > 0);
  });
}

describe.concurrent('one partition is read without joining a group', () => {
  test.each([
    { name: 'from the end', flags: ['--timeout-ms', '4000'], expected: [{ 0: 7 }] },
    { name: 'some records', flags: ['--offset', 'earliest', '--max-messages', '3'], expected: [{ 0: 3 }] },
    { name: 'interrupted', flags: ['--offset', '2'], stop: /6\n/, expected: [{ 0: 7 }] },
    { name: 'without automatic commits', flags: ['--offset', '2', '--max-messages', '3'], auto: 'false', expected: [] },
  ])('and its place is committed where that is asked for: $name', async ({ flags, stop, auto = 'true', expected }) => {
    const scenario: Scenario = { name: '', tool: console, expected: {} };
    const run = async (start: (args: readonly string[]) => RunningProcess | Promise<RunningProcess>): Promise<Commits[]> => {
      const topic = await filledTopic(scenario);
      const place = ['--bootstrap-server', inject('bootstrap'), '--topic', topic, '--partition', '0'];
      const running = await start([...place, '--command-property', `enable.auto.commit=${auto}`, ...flags]);
      if (stop !== undefined) await running.waitFor('stdout', stop);
      if (stop !== undefined) running.kill('SIGTERM');
      await running.outcome;
      return madeUpCommits(topic);
    };
    const both = [run((args) => startBin(console, args, { home })), run((args) => startKafkaTool(classes[console], args))];
    expect(await Promise.all(both)).toEqual([expected, expected]);
  });
});
