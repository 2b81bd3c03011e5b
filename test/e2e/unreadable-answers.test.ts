import { inject, expect, onTestFinished, test } from 'vitest';
import { FaultProxy } from '../faults/fault-proxy.js';
import { Random } from '../faults/random.js';
import { produceTo, runConsole } from './console-run.js';
import { runBin, runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const count = 60_000;

/** A topic of two partitions with many batches, and everything in it as `partition offset value` lines, sorted. */
let filled: Promise<{ topic: string; lines: string[] }> | undefined;

async function fillTopic(): Promise<{ topic: string; lines: string[] }> {
  const topic = await createTopic('unreadable', { partitions: 2 });
  const input = Array.from({ length: count }, (_, index) => `k${index}:value-${index}-${'x'.repeat(600)}\n`).join('');
  const { code } = await produceTo(topic, input, '--parse-key', '--key-separator', ':');
  expect(code).toBe(0);
  const { stdout } = await runConsole(['consume', topic, ...flags]);
  const lines = sorted(stdout);
  expect(lines).toHaveLength(count);
  return { topic, lines };
}

function filledTopic(): ReturnType<typeof fillTopic> {
  return (filled ??= fillTopic());
}

const flags = ['--from-beginning', '--exit-at-end', '--print', 'partition,offset,value'];

function sorted(text: string): string[] {
  return text.split('\n').slice(0, -1).sort();
}

/** A proxy that spoils half of what brokers answer to readers, beside the addresses to start from. */
async function badLine(seed: number): Promise<FaultProxy> {
  const [port] = inject('bootstrap')
    .split(',')
    .map((address) => Number(address.split(':').at(-1)));
  const proxy = await FaultProxy.start([port ?? 0], new Random(seed));
  proxy.weather = 'corrupt';
  onTestFinished(() => proxy.stop());
  return proxy;
}

/** The same records once each, and a word about what happened; or an end that says why, and nothing wrong before it. */
function judge({ code, stdout, stderr }: ProcessOutcome, lines: readonly string[]): void {
  const seen = sorted(stdout);
  if (code !== 0) expect(stderr).toMatch(/^error: .*\(asked 8 times\)$/m);
  else expect(seen).toEqual(lines);
  const known = new Set(lines);
  expect(seen.filter((line) => !known.has(line))).toEqual([]);
  expect(new Set(seen).size).toBe(seen.length);
}

test('a reader on a line that spoils half of the answers prints every record once', async () => {
  const { topic, lines } = await filledTopic();
  const proxy = await badLine(11);
  const args = ['console', 'consume', topic, '-b', proxy.bootstrap, ...flags];
  const outcome = await runKafkit(args, { timeoutMs: 60_000 });
  expect(proxy.hits).toBeGreaterThan(3);
  expect(outcome.stderr).toMatch(/^warning: .*; asking again$/m);
  judge(outcome, lines);
  expect(outcome.code).toBe(0);
});

test('a member of a group on such a line prints every record once, and commits the ends', async () => {
  const { topic, lines } = await filledTopic();
  const proxy = await badLine(12);
  const group = uniqueName('unreadable');
  const args = ['console', 'consume', topic, '-b', proxy.bootstrap, ...flags, '--group', group];
  const outcome = await runKafkit(args, { timeoutMs: 60_000 });
  expect(proxy.hits).toBeGreaterThan(3);
  judge(outcome, lines);
  expect(outcome.code).toBe(0);
  const lag = await runKafkit(['lag', 'describe', group, '-b', inject('bootstrap'), '-o', 'json']);
  expect((JSON.parse(lag.stdout) as { totalLag?: number }).totalLag ?? 0).toBe(0);
});

test("Kafka's name for the reader reads all of it, too", async () => {
  const { topic, lines } = await filledTopic();
  const proxy = await badLine(13);
  const args = ['--bootstrap-server', proxy.bootstrap, '--topic', topic, '--from-beginning'];
  args.push('--max-messages', String(count));
  const outcome = await runBin('kafka-console-consumer', args, { timeoutMs: 60_000 });
  expect(proxy.hits).toBeGreaterThan(3);
  expect(outcome.code).toBe(0);
  expect(sorted(outcome.stdout)).toEqual(sorted(lines.map((line) => `${line.split('\t')[2] ?? ''}\n`).join('')));
});
