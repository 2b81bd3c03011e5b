import { afterAll, describe, expect, inject, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolNames } from '../../src/apache/main.js';
import { checkCase } from '../golden/check-case.js';
import { kafkaCommand, ourCommand } from '../golden/commands.js';
import { caseFiles, readSuite } from '../golden/golden-case.js';
import { normalise } from '../golden/golden-text.js';
import type { Command } from '../golden/run-case.js';
import { runProcess } from './fixture/run-process.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { uniqueName } from './fixture/unique-name.js';

const cluster = useThreeBrokers();
const folder = mkdtempSync(join(tmpdir(), 'kafkit-oracle-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const cases = toolNames.flatMap((tool) => {
  const path = caseFiles().get(tool);
  const wide = path === undefined ? [] : readSuite(path).cases.filter(({ brokers }) => brokers === 3);
  return wide.map((item) => [tool, item.name, item] as const);
});

describe('three brokers', () => {
  const check = (tool: string, _name: string, item: (typeof cases)[number][2]): Promise<void> =>
    checkCase(item, { tool, bootstrap: cluster().bootstrap, kafka: inject('kafka') });
  test.concurrent.each(cases.filter(([, , item]) => item.alone !== true))('%s: %s', check);
  test.each(cases.filter(([, , item]) => item.alone === true))('%s: %s', check);
});

/** What a tool prints, without what differs from run to run. */
async function printed({ file, args, env }: Command, words: readonly string[], bootstrap: string): Promise<string> {
  const { code, stdout, stderr } = await runProcess(file, [...args, ...words], { env, timeoutMs: 60_000 });
  const names = { T: '\0T', G: '\0G', B: bootstrap, DIR: folder };
  const text = (stream: string): string =>
    normalise(stream, names)
      // Which of two waits of its own ends first differs from run to run of Kafka's tool, too.
      .replace(/Call\(callName=(\S+), deadlineMs=.* attempt\(s\)/g, 'Timed out waiting for a node assignment. Call: $1')
      .replace(/(deadlineMs=|tries=|nextAllowedTryMs=|timed out at |after )\d+/g, '$1N')
      .replace(/[ \t]+$/gm, '');
  return `exit ${String(code)}\n${text(stdout)}\n${text(stderr)}`;
}

test('with a broker down, our tools say of its partitions and groups what those of Kafka say', async () => {
  const [topic, lonely, group] = [uniqueName('down'), uniqueName('lonely'), uniqueName('down')];
  const ours = (tool: string, ...words: string[]): Promise<string> =>
    printed(ourCommand(tool), ['--bootstrap-server', cluster().bootstrap, ...words], cluster().bootstrap);
  const create = ['--create', '--replica-assignment', '3:1,1:3,2:3', '--config', 'min.insync.replicas=2', '--topic', topic];
  expect(await ours('kafka-topics', ...create)).toMatch(/^exit 0\n/);
  expect(await ours('kafka-topics', '--create', '--replica-assignment', '3,1', '--topic', lonely)).toMatch(/^exit 0\n/);
  const reset = ['--reset-offsets', '--to-earliest', '--execute', '--topic', topic, '--topic', lonely, '--group', group];
  expect(await ours('kafka-consumer-groups', ...reset)).toMatch(/^exit 0\n/);

  const [lost, ...live] = [...cluster().brokers].sort((left, right) => right.id - left.id);
  await lost?.kill('SIGKILL');
  await expect
    .poll(() => ours('kafka-topics', '--describe', '--topic', lonely), { timeout: 60_000, interval: 500 })
    .toContain('Leader: none');

  const bootstrap = live.map(({ host, port }) => `${host}:${port}`).join(',');
  const patience = join(folder, 'short.properties');
  writeFileSync(patience, 'default.api.timeout.ms=6000\nrequest.timeout.ms=3000\n');
  const describeTopics = ['--describe', '--topic', `${topic}|${lonely}`];
  const commands = [
    ['kafka-topics', ...describeTopics],
    ['kafka-topics', ...describeTopics, '--under-replicated-partitions'],
    ['kafka-topics', ...describeTopics, '--unavailable-partitions'],
    ['kafka-topics', ...describeTopics, '--under-min-isr-partitions', '--at-min-isr-partitions'],
    ['kafka-get-offsets', '--topic', `${topic}|${lonely}`, '--command-config', patience],
    ['kafka-consumer-groups', '--describe', '--group', group],
    ['kafka-consumer-groups', '--describe', '--group', group, '--state'],
    ['kafka-consumer-groups', '--reset-offsets', '--group', group, '--topic', lonely, '--to-latest', '--dry-run'],
  ];
  for (const [tool = '', ...words] of commands) {
    const all = ['--bootstrap-server', bootstrap, ...words];
    const [own, theirs] = await Promise.all([
      printed(ourCommand(tool), all, bootstrap),
      printed(kafkaCommand(inject('kafka'), tool), all, bootstrap),
    ]);
    expect(own, [tool, ...words].join(' ')).toBe(theirs);
  }
});
