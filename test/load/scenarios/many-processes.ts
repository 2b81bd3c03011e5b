import { setTimeout } from 'node:timers/promises';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadResult, LoadScenario, LoadWorld } from '../load-scenario.js';
import { MeasuredProcess } from '../measured-process.js';
import { runMeasured, type MeasuredRun } from '../run-measured.js';
import { SeenRecords } from '../seen-records.js';

const linesEach = 1000;
const catchUpMs = 120_000;

/** So many of our processes at the same moment: they list, and they write to one topic that as many others read as one group. */
export function manyProcesses(count: number): LoadScenario {
  return async (world) => {
    const { bootstrap, name } = world;
    const topic = `${name}-crowd`;
    await runMeasured(['topics', 'create', topic, '--partitions', String(count), '-b', bootstrap]);
    const lists = await Promise.all(each(count, () => runMeasured(['topics', 'list', '-o', 'names', '-b', bootstrap])));
    const without = lists.filter(({ stdout }) => !stdout.split('\n').includes(topic));
    const crowd = new Crowd(world, topic, count);
    await crowd.gather();
    const writes = await Promise.all(each(count, async (index) => write(world, topic, index)));
    return [
      row(
        'processes, topics list',
        `${count} at once`,
        lists,
        without.length > 0 ? [`${without.length} do not know the topic`] : [],
      ),
      row('processes, console produce', `${count} at once, ${linesEach} records each`, writes, []),
      await crowd.finish(count * linesEach),
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

/** Members of one group, a process each. */
class Crowd {
  private readonly startedAt = performance.now();
  private readonly group: string;
  private readonly bootstrap: string;
  private readonly readers: readonly MeasuredProcess[];
  private readonly seen: SeenRecords;

  constructor({ bootstrap, name }: LoadWorld, topic: string, count: number) {
    this.group = `${name}-crowd-group`;
    this.bootstrap = bootstrap;
    const args = ['console', 'consume', topic, '--from-beginning', '--group', this.group];
    args.push('--print', 'partition,offset,value', '-b', bootstrap);
    this.readers = Array.from({ length: count }, () => new MeasuredProcess(args, { stdout: 'pipe', sampleMs: 1000 }));
    this.seen = new SeenRecords(...this.readers.map(({ stdout }) => stdout));
  }

  /** Resolves when all are in and hold something. */
  async gather(): Promise<void> {
    const deadline = performance.now() + catchUpMs;
    while (performance.now() < deadline) {
      const { stdout } = await new MeasuredProcess(['groups', 'members', this.group, '-o', 'json', '-b', this.bootstrap]).end;
      const members = stdout === '' ? [] : membersOf(stdout);
      if (members.length === this.readers.length && members.every(({ assignment }) => (assignment?.length ?? 0) > 0)) return;
      await setTimeout(500);
    }
    throw new Error(`the group of ${this.readers.length} members did not settle`);
  }

  async finish(total: number): Promise<LoadResult> {
    await this.seen.waitFor(total, catchUpMs);
    for (const reader of this.readers) reader.interrupt();
    const ends = await Promise.all(this.readers.map(({ end }) => end));
    const bad = ends.filter(({ code }) => code !== 130);
    return {
      scenario: 'processes, one group',
      what: `${this.readers.length} members, ${total} records`,
      seconds: (performance.now() - this.startedAt) / 1000,
      peakMiB: Math.max(...this.readers.map(({ peakMiB }) => peakMiB)),
      violations: [
        ...this.seen.faults(total),
        ...bad.slice(0, 3).map(({ code, stderr }) => `exit code ${String(code)}: ${stderr.slice(-200)}`),
      ],
    };
  }
}

interface MembersDocument {
  /** During a rebalance nobody's assignment is known. */
  readonly groups: readonly { readonly members: readonly { readonly assignment: readonly unknown[] | null }[] }[];
}

function membersOf(text: string): MembersDocument['groups'][number]['members'] {
  const { groups } = JSON.parse(text) as MembersDocument; // the shape that its own tests pin
  return groups[0]?.members ?? [];
}

function row(scenario: string, what: string, runs: readonly MeasuredRun[], violations: readonly string[]): LoadResult {
  const seconds = Math.max(...runs.map((run) => run.seconds));
  return { scenario, what, seconds, peakMiB: Math.max(...runs.map((run) => run.peakMiB)), violations };
}
