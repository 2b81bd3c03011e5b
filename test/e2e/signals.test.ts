import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { isolatedEnv } from './fixture/run-kafkit.js';
import { runProcess, startProcess, type RunningProcess } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const bin = fileURLToPath(new URL('../../bin/', import.meta.url));
const bootstrap = inject('bootstrap');
let home = '';
let topic = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-signals-'));
  topic = await createTopic('signals');
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Starts a program as a user does: through a shell, by its file. */
function start(before: string, name: string, ...args: readonly string[]): RunningProcess {
  const env = isolatedEnv(home);
  return startProcess('sh', ['-c', `${before} exec "$0" "$@"`, join(bin, name), ...args], { env, cwd: home, timeoutMs: 60_000 });
}

const verifiable = (group: string): readonly string[] => {
  return ['--bootstrap-server', bootstrap, '--topic', topic, '--group-id', group, '--verbose'];
};

test('signals that a shell had ignored do not end a drop-in, others do', async () => {
  const run = start("trap '' HUP INT;", 'kafka-verifiable-consumer', ...verifiable(uniqueName('group')));
  await run.waitFor('stdout', /partitions_assigned/);
  run.kill('SIGHUP');
  run.kill('SIGINT');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  run.kill('SIGHUP');
  expect(run.stdout()).not.toContain('shutdown');
  run.kill('SIGTERM');
  const { code, stdout } = await run.outcome;
  expect(code).toBe(143);
  expect(stdout).toContain('shutdown_complete');
});

test('nor a command of the native front', async () => {
  const run = start("trap '' INT;", 'kafkit.js', 'console', 'consume', topic, '-b', bootstrap, '--timeout', '4s', '--debug');
  await run.waitFor('stderr', /./);
  run.kill('SIGINT');
  const { code, stderr } = await run.outcome;
  expect(code).toBe(1);
  expect(stderr).toContain('not done within 4s');
});

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s twice within moments ends both fronts in order, with %i', async (signal, code) => {
  const tool = start('', 'kafka-verifiable-consumer', ...verifiable(uniqueName('group')));
  await tool.waitFor('stdout', /partitions_assigned/);
  for (let times = 0; times < 3; times++) tool.kill(signal);
  const ended = await tool.outcome;
  expect(ended.code).toBe(code);
  expect(ended.stdout.trimEnd().split('\n').at(-1)).toContain('shutdown_complete');
  const native = start('', 'kafkit.js', 'console', 'consume', topic, '-b', bootstrap, '--debug');
  await native.waitFor('stderr', /./);
  for (let times = 0; times < 3; times++) native.kill(signal);
  expect((await native.outcome).code).toBe(code);
});

test('a drop-in is found by the class of the tool that it stands in for, whatever was meant for its Java', async () => {
  const java = 'KAFKA_HEAP_OPTS=-Xmx9g KAFKA_OPTS=-Dx=y LOG_DIR=/nowhere KAFKA_LOG4J_OPTS=-Dlog4j.configuration=file:/nowhere';
  const run = start(`export ${java};`, 'kafka-console-consumer', '--bootstrap-server', bootstrap, '--topic', topic);
  await run.waitFor('stderr', /KIP-848/);
  const list = await runProcess('ps', ['-ww', '-o', 'args=', '-p', String(run.pid)], { env: isolatedEnv(home), timeoutMs: 10_000 });
  expect(list.stdout).toMatch(/^org\.apache\.kafka\.tools\.consumer\.ConsoleConsumer --bootstrap-server /);
  run.kill('SIGTERM');
  expect((await run.outcome).code).toBe(143);
});
