import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { FaultProxy } from '../faults/fault-proxy.js';
import { Random } from '../faults/random.js';
import { runBin, runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { uniqueName } from './fixture/unique-name.js';

/** Kafka's own types of these settings: each takes the largest number of its type, and none before it. */
const settings = {
  'retry.backoff.ms': 'long',
  'retry.backoff.max.ms': 'long',
  'socket.connection.setup.timeout.ms': 'long',
  'connections.max.idle.ms': 'long',
  'metadata.max.age.ms': 'long',
  'request.timeout.ms': 'int',
  'default.api.timeout.ms': 'int',
} as const;

const longs = ['2147483648', '9007199254740993', '9223372036854775807'];

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-long-'));
  for (const long of longs) {
    const lines = Object.entries(settings).map(([key, type]) => `${key}=${type === 'int' ? 2_147_483_647 : long}\n`);
    await writeFile(join(home, `${long}.properties`), lines.join(''));
  }
});

afterAll(() => rm(home, { recursive: true, force: true }));

/** Node's own warnings, of timers among them, say `(node:PID)`. */
function expectQuiet({ code, stderr }: ProcessOutcome): void {
  expect(stderr).not.toMatch(/\(node:|Warning/);
  expect({ code, stderr: stderr.replace(/^.*KIP-848.*\n/, '') }).toMatchObject({ code: 0 });
}

test.each(longs)('with settings of %s ms and the longest of times everywhere, records go to a topic and back', async (long) => {
  const topic = uniqueName('long-times');
  const common = ['-b', inject('bootstrap'), '--command-config', `${long}.properties`, '--timeout', `${long}ms`];
  const run = (args: readonly string[], stdin?: string): Promise<ProcessOutcome> =>
    runKafkit([...args, ...common], { home, stdin });
  expectQuiet(await run(['topics', 'create', topic, '--yes']));
  expectQuiet(await run(['console', 'produce', topic, '--linger', `${long}ms`, '--delivery-timeout', `${long}ms`], 'one\ntwo\n'));
  const read = await run(['console', 'consume', topic, '--from-beginning', '--max-messages', '2', '--idle-timeout', `${long}ms`]);
  expectQuiet(read);
  expect(read.stdout).toBe('one\ntwo\n');
  const member = await run(
    [
      'console',
      'consume',
      topic,
      '--group',
      topic,
      '--from-beginning',
      '--max-messages',
      '2',
      '--idle-timeout',
      `${long}ms`,
    ].concat(['--commit', 'interval', '--commit-interval', `${long}ms`]),
  );
  expectQuiet(member);
  expect(member.stdout).toBe('one\ntwo\n');
  expectQuiet(await run(['lag', 'describe', topic]));
});

test.each(longs)("Kafka's own names take settings and options of %s ms", async (long) => {
  const topic = uniqueName('long-times');
  const common = ['--bootstrap-server', inject('bootstrap'), '--command-config', `${long}.properties`];
  const run = (name: string, args: readonly string[], stdin?: string): Promise<ProcessOutcome> =>
    runBin(name, [...args, ...common], { home, stdin });
  expectQuiet(await run('kafka-topics', ['--create', '--topic', topic]));
  const waits = ['--timeout', '--retry-backoff-ms', '--max-block-ms', '--metadata-expiry-ms'].flatMap((name) => [name, long]);
  const produced = await run('kafka-console-producer', ['--topic', topic, ...waits], 'one\ntwo\n');
  expect(produced).toMatchObject({ code: 0, stderr: '' });
  const consume = ['--topic', topic, '--from-beginning', '--max-messages', '2', '--timeout-ms', long];
  const consumed = await run('kafka-console-consumer', consume);
  expectQuiet(consumed);
  expect(consumed.stdout).toBe('one\ntwo\n');
  expectQuiet(await run('kafka-get-offsets', ['--topic', topic]));
  const verified = await run('kafka-verifiable-producer', ['--topic', topic, '--max-messages', '1', '--throughput', '1']);
  expectQuiet(verified);
  expect(verified.stdout).toContain('"acked":1');
});

test('on a slow link nothing runs out early', async () => {
  const topic = uniqueName('long-times');
  expectQuiet(await runKafkit(['topics', 'create', topic, '-b', inject('bootstrap'), '--yes']));
  const proxy = await FaultProxy.start([Number(inject('bootstrap').split(':').at(-1))], new Random(1));
  proxy.weather = 'delay';
  try {
    const config = ['--command-config', '9223372036854775807.properties'];
    const far = ['-b', proxy.bootstrap, ...config, '--timeout', '60d'];
    expectQuiet(await runKafkit(['console', 'produce', topic, '--linger', '0', ...far], { home, stdin: 'one\n' }));
    const read = await runKafkit(
      ['console', 'consume', topic, '--from-beginning', '--max-messages', '1', '--idle-timeout', '60d', ...far],
      { home },
    );
    expectQuiet(read);
    expect(read.stdout).toBe('one\n');
    const consume = ['--bootstrap-server', proxy.bootstrap, ...config, '--topic', topic, '--from-beginning', '--max-messages', '1'];
    const tool = await runBin('kafka-console-consumer', [...consume, '--timeout-ms', '4294967296'], { home });
    expectQuiet(tool);
    expect(tool.stdout).toBe('one\n');
    expect(proxy.hits).toBeGreaterThan(0);
  } finally {
    proxy.stop();
  }
});

test('a setting is refused where it does not fit the type it has in Kafka', async () => {
  for (const [key, type] of Object.entries(settings)) {
    const value = type === 'int' ? '2147483648' : '9223372036854775808';
    await writeFile(join(home, 'over.properties'), `${key}=${value}\n`);
    const over = ['--command-config', 'over.properties'];
    const native = await runKafkit(['topics', 'list', '-b', inject('bootstrap'), ...over], { home });
    expect(native).toMatchObject({ code: 2, stdout: '' });
    expect(native.stderr).toContain(`${key} must be a whole number of type ${type.toUpperCase()}, at most`);
    const tool = await runBin('kafka-topics', ['--list', '--bootstrap-server', inject('bootstrap'), ...over], { home });
    expect(tool.code).toBe(1);
    expect(tool.stdout + tool.stderr).toContain(
      `Invalid value ${value} for configuration ${key}: Not a number of type ${type.toUpperCase()}`,
    );
  }
});

test('a time that no number of 64 bits holds is refused as Kafka refuses it', async () => {
  const args = ['--bootstrap-server', inject('bootstrap'), '--topic', 't', '--timeout-ms', '9223372036854775808'];
  const { code, stdout, stderr } = await runBin('kafka-console-consumer', args, { home });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain("Cannot parse argument '9223372036854775808' of option timeout-ms");
});
