import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { produceTo } from './console-run.js';
import { startKafkit } from './fixture/run-kafkit.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import type { RunningProcess } from './fixture/run-process.js';

/** Starts `kafkit console consume ...` on the shared broker; it is killed at the latest when the test is over. */
export async function startConsumer(...args: readonly string[]): Promise<RunningProcess> {
  const home = await mkdtemp(join(tmpdir(), 'kafkit-group-'));
  const running = startKafkit(['console', 'consume', ...args, '-b', inject('bootstrap')], { home, timeoutMs: 55_000 });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.outcome.catch(() => {});
    await rm(home, { recursive: true, force: true });
  });
  return running;
}

/** What Kafka's own tool says that a group has committed: offsets by `topic-partition`. */
export async function committedBy(group: string): Promise<Record<string, number>> {
  const tool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const { stdout } = await runKafkaTool(tool, ['--bootstrap-server', inject('bootstrap'), '--describe', '--group', group]);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(
    rows
      .filter((row) => row[0] === group && row[3] !== '-')
      .map(([, topic = '', partition = '', offset]) => [`${topic}-${partition}`, Number(offset)]),
  );
}

/** `PARTITION:NUMBER` for a stretch of numbers in each of so many partitions. */
export function valuesOf(partitions: number, from: number, count: number): string[] {
  return Array.from({ length: partitions }, (_, partition) =>
    Array.from({ length: count }, (__, index) => `${partition}:${from + index}`),
  ).flat();
}

/** Writes such values to the partitions that they name, each once (a producer that repeats itself would spoil the count). */
export async function produceValues(topic: string, values: readonly string[]): Promise<void> {
  const lines = values.map((value) => JSON.stringify({ value, partition: Number(value.split(':')[0]) }));
  const outcome = await produceTo(topic, `${lines.join('\n')}\n`, '--input', 'jsonl', '--use-partitions');
  if (outcome.code !== 0) throw new Error(outcome.stderr);
}

/** The lines of some outputs, sorted. */
export function sortedLines(...texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .sort();
}
