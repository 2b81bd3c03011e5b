import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadResult, LoadScenario, LoadWorld } from '../load-scenario.js';
import { MeasuredProcess } from '../measured-process.js';
import { runMeasured, type MeasuredRun } from '../run-measured.js';
import { SeenRecords } from '../seen-records.js';

const linesEach = 1000;
const catchUpMs = 120_000;

/** So many of our processes at the same moment: they list, they write to one topic, and they read it as one group. */
export function manyProcesses(count: number): LoadScenario {
  return async (world) => {
    const { bootstrap, name } = world;
    const topic = `${name}-crowd`;
    await runMeasured(['topics', 'create', topic, '--partitions', String(count), '-b', bootstrap]);
    const lists = await Promise.all(each(count, () => runMeasured(['topics', 'list', '-o', 'names', '-b', bootstrap])));
    const without = lists.filter(({ stdout }) => !stdout.split('\n').includes(topic));
    const writes = await Promise.all(each(count, async (index) => write(world, topic, index)));
    return [
      row(
        'processes, topics list',
        `${count} at once`,
        lists,
        without.length > 0 ? [`${without.length} do not know the topic`] : [],
      ),
      row('processes, console produce', `${count} at once, ${linesEach} records each`, writes, []),
      await readTogether(world, topic, count),
    ];
  };
}

function each<T>(count: number, make: (index: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

async function write({ folder, bootstrap }: LoadWorld, topic: string, index: number): Promise<MeasuredRun> {
  const file = path.join(folder, `lines-${index}.txt`);
  await writeFile(file, Array.from({ length: linesEach }, (_, line) => `${index * linesEach + line}\n`).join(''));
  return runMeasured(['console', 'produce', topic, '-b', bootstrap], { stdin: file });
}

async function readTogether({ bootstrap, name }: LoadWorld, topic: string, count: number): Promise<LoadResult> {
  const startedAt = performance.now();
  const group = `${name}-crowd-group`;
  const args = [
    'console',
    'consume',
    topic,
    '--from-beginning',
    '--group',
    group,
    '--print',
    'partition,offset,value',
    '-b',
    bootstrap,
  ];
  const readers = Array.from({ length: count }, () => new MeasuredProcess(args, { stdout: 'pipe', sampleMs: 1000 }));
  const seen = new SeenRecords(...readers.map(({ stdout }) => stdout));
  const total = count * linesEach;
  await seen.waitFor(total, catchUpMs);
  for (const reader of readers) reader.interrupt();
  const ends = await Promise.all(readers.map(({ end }) => end));
  const bad = ends.filter(({ code }) => code !== 130);
  // Who is told to end while the group still forms may have printed what it could not commit.
  const faults = seen.faults(total).filter((fault) => !fault.includes('twice'));
  return {
    scenario: 'processes, one group',
    what: `${count} members, ${total} records, ${seen.repeated} of them twice`,
    seconds: (performance.now() - startedAt) / 1000,
    peakMiB: Math.max(...readers.map(({ peakMiB }) => peakMiB)),
    violations: [...faults, ...bad.slice(0, 3).map(({ code, stderr }) => `exit code ${String(code)}: ${stderr.slice(-200)}`)],
  };
}

function row(scenario: string, what: string, runs: readonly MeasuredRun[], violations: readonly string[]): LoadResult {
  const seconds = Math.max(...runs.map((run) => run.seconds));
  return { scenario, what, seconds, peakMiB: Math.max(...runs.map((run) => run.peakMiB)), violations };
}
