import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { findFreePorts } from '../../src/sandbox/ports.js';
import { probeBroker } from '../../src/sandbox/probe-broker.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit, startKafkit, type KafkitOptions } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { sandboxEnv } from './fixture/sandbox-env.js';
import { createTopic, withAdmin } from './fixture/topics.js';

interface StatusDocument {
  condition: string;
  bootstrapServer: string | null;
  brokers: { id: number; port: number; pid: number | null; condition: string }[];
}

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-sandbox-test-'));
});

afterEach(async () => {
  await sandbox('down');
  await rm(home, { recursive: true, force: true });
});

function sandbox(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit(['sandbox', ...args], sandboxOptions());
}

function sandboxOptions(): KafkitOptions & { home: string } {
  return { home, env: sandboxEnv(home), timeoutMs: 60_000 };
}

async function status(): Promise<StatusDocument> {
  const { stdout } = await sandbox('status', '-o', 'json');
  return JSON.parse(stdout) as StatusDocument;
}

async function freePort(): Promise<number> {
  const [port = 0] = await findFreePorts(1);
  return port;
}

async function eventually(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('the shared broker answers Kafka’s own tools', async () => {
  const topic = await createTopic('seen-by-kafka');
  const listed = await runKafkaTool('org.apache.kafka.tools.TopicCommand', ['--bootstrap-server', inject('bootstrap'), '--list']);
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout.split('\n')).toContain(topic);
});

test('a sandbox outlives the command that starts it, until it is taken down', async () => {
  const port = await freePort();
  const up = await sandbox('up', '--port', String(port), '-o', 'names');
  expect(up).toMatchObject({ code: 0, stdout: `127.0.0.1:${port}\n`, stderr: '' });
  expect(await probeBroker(port)).toEqual([1]);
  expect(await status()).toMatchObject({ condition: 'up', bootstrapServer: `127.0.0.1:${port}` });

  const again = await sandbox('up');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  for (const flags of [
    ['up', '--port', String(port + 1)],
    ['up', '--brokers', '3'],
    ['up', '--config', 'num.partitions=7'],
    ['run', '--brokers', '3', 'true'],
  ]) {
    expect(await sandbox(...flags), flags.join(' ')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`at 127.0.0.1:${port}, and not with`) as string,
    });
  }
  expect(again.stdout).toContain(`the sandbox is up already: Kafka ${inject('kafka').version} at 127.0.0.1:${port}`);

  const logs = await sandbox('logs', '--broker', '1');
  expect(logs.code).toBe(0);
  expect(logs.stdout).toContain('Kafka Server started');

  expect(await sandbox('down')).toMatchObject({ code: 0, stdout: 'the sandbox is down and its data removed\n', stderr: '' });
  expect(await probeBroker(port)).toBeUndefined();
  expect(await sandbox('status')).toMatchObject({ code: 3 });
  expect(await readdir(join(home, 'state', 'kafkit', 'sandbox'))).toEqual([]);
});

test('taking down what is not there is done already', async () => {
  expect(await sandbox('down')).toMatchObject({ code: 0, stdout: 'the sandbox was not running\n', stderr: '' });
});

test('a sandbox whose broker was killed is seen as stopped, and comes back with its topics', async () => {
  const port = await freePort();
  await sandbox('up', '--port', String(port));
  const topic = await createTopic('kept', { bootstrap: `127.0.0.1:${port}` });
  process.kill((await status()).brokers[0]?.pid ?? 0, 'SIGKILL');
  await eventually('the broker is gone', async () => (await status()).condition === 'stopped');
  expect(await sandbox('status')).toMatchObject({ code: 3 });

  const up = await sandbox('up');
  expect(up.stdout).toContain(
    `the sandbox is up again, with the data it had: Kafka ${inject('kafka').version} at 127.0.0.1:${port}\n`,
  );
  expect(await withAdmin(`127.0.0.1:${port}`, (admin) => admin.listTopics())).toContain(topic);
});

test('data is kept over a clean stop only when that is asked for', async () => {
  const port = await freePort();
  await sandbox('up', '--port', String(port));
  const topic = await createTopic('kept', { bootstrap: `127.0.0.1:${port}` });
  expect(await sandbox('down', '--keep-data')).toMatchObject({ code: 0, stdout: 'the sandbox is down, its data is kept\n' });
  await sandbox('up', '--port', String(port));
  expect(await withAdmin(`127.0.0.1:${port}`, (admin) => admin.listTopics())).toEqual([topic]);
});

test('a port that is taken is an error, and nothing is started', async () => {
  const port = await freePort();
  const taker = createServer().listen(port, '127.0.0.1');
  try {
    const up = await sandbox('up', '--port', String(port));
    expect(up).toMatchObject({ code: 2, stdout: '' });
    expect(up.stderr).toContain(`error: port ${port} is taken\n`);
    expect(await status()).toMatchObject({ condition: 'absent', brokers: [] });
  } finally {
    taker.close();
  }
});

test('a broker that cannot start shows the end of its log, and leaves no process', async () => {
  const up = await sandbox('up', '--port', String(await freePort()), '--config', 'num.network.threads=none');
  expect(up).toMatchObject({ code: 1, stdout: '' });
  expect(up.stderr).toContain('error: broker 1 ended while starting (exit code 1)\n');
  expect(up.stderr).toContain('Invalid value none for configuration num.network.threads');
  expect(await status()).toMatchObject({ condition: 'absent' });
});

test('without Java and Maven one error says what to install', async () => {
  const env = { PATH: join(home, 'no-programs'), JAVA_HOME: '', KAFKA_HOME: '', XDG_CACHE_HOME: join(home, 'cache') };
  const up = await runKafkit(['sandbox', 'up'], { home, env });
  expect(up).toMatchObject({ code: 1, stdout: '' });
  expect(up.stderr).toMatch(/^error: the sandbox runs Apache Kafka and needs Java 17 or newer \(.*\), and Maven \(.*\)/);
  expect(up.stderr).toContain('hint: on Debian or Ubuntu: apt-get install');
});

test('run gives a command the addresses of a broker that ends with it, and passes its exit code on', async () => {
  const run = await sandbox('run', '--', 'sh', '-c', 'echo "$KAFKA_BOOTSTRAP $KAFKIT_BOOTSTRAP_SERVER"; exit 7');
  expect(run).toMatchObject({ code: 7, stderr: '' });
  const [first = '', second] = run.stdout.trim().split(' ');
  expect(first).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(second).toBe(first);
  expect(await probeBroker(Number(first.split(':')[1]))).toBeUndefined();
});

test('run uses the sandbox that is up and leaves it up', async () => {
  const port = await freePort();
  await sandbox('up', '--port', String(port));
  const run = await sandbox('run', 'sh', '-c', 'echo $KAFKIT_BOOTSTRAP_SERVER; kill -TERM $$');
  expect(run).toMatchObject({ code: 143, stdout: `127.0.0.1:${port}\n`, stderr: '' });
  expect(await status()).toMatchObject({ condition: 'up' });
});

test('run does not start a broker for a command that is not there', async () => {
  const run = await sandbox('run', 'no-such-command');
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: "error: there is no command 'no-such-command' on the PATH\n" });
});

test('the broker of a run that is killed without warning ends with it, and its files go', async () => {
  const run = startKafkit(['sandbox', 'run', 'sh', '-c', 'echo "at $KAFKA_BOOTSTRAP"; exec sleep 60'], {
    ...sandboxOptions(),
    env: { ...sandboxEnv(home), TMPDIR: home },
  });
  await run.waitFor('stdout', /at .*\n/);
  const port = Number(run.stdout().trim().split(':')[1]);
  const temporary = async (): Promise<string[]> => (await readdir(home)).filter((name) => name.startsWith('kafkit-sandbox-'));
  expect(await temporary()).toHaveLength(1);
  run.kill('SIGKILL');
  await eventually('the broker is gone', async () => (await probeBroker(port)) === undefined);
  await eventually('its files are gone', async () => (await temporary()).length === 0);
});

test('Ctrl-C reaches the command of a run, which ends before its broker does', async () => {
  const script = 'trap "echo caught; exit 5" INT; echo "at $KAFKA_BOOTSTRAP"; while :; do sleep 0.1; done';
  const run = startKafkit(['sandbox', 'run', 'sh', '-c', script], sandboxOptions());
  await run.waitFor('stdout', /at .*\n/);
  run.kill('SIGINT');
  const { code, stdout } = await run.outcome;
  expect(stdout).toMatch(/at .*\ncaught\n/);
  expect(code).toBe(130);
});
