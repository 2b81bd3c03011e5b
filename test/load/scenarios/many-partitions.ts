import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoadResult, LoadScenario, LoadWorld } from '../load-scenario.js';
import { type MeasuredRun, runMeasured } from '../run-measured.js';

export interface PartitionsSize {
  readonly partitions: number;
  readonly records: number;
}

interface OffsetRow {
  readonly partition: number;
  readonly offset: number;
}

interface LagRow {
  readonly partition: number;
  readonly committed: number | null;
  readonly lag: number | null;
}

const secondsLimit = 60;

/** A topic of so many partitions, through every command that goes over all of them; each number is compared with what was written. */
export function manyPartitions({ partitions, records }: PartitionsSize): LoadScenario {
  return async (world) => {
    const topic = `${world.name}-wide`;
    const group = `${topic}-group`;
    const rows: LoadResult[] = [];
    const what = `${partitions} partitions, ${records} records`;
    const step = async (title: string, args: readonly string[], judge: (run: MeasuredRun) => string[], stdin?: string) => {
      const run = await runMeasured([...args, '-b', world.bootstrap], { stdin });
      const { seconds, peakMiB } = run;
      const late = seconds > secondsLimit ? [`took ${seconds.toFixed(1)} s`] : [];
      rows.push({ scenario: `many partitions, ${title}`, what, seconds, peakMiB, violations: [...judge(run), ...late] });
    };
    const file = await writeKeyed(world, records);
    await step('topics create', ['topics', 'create', topic, '--partitions', String(partitions)], () => []);
    await step('console produce', ['console', 'produce', topic, '--parse-key', '--key-separator', ':'], () => [], file);
    const ends = new Map<number, number>();
    const consume = ['console', 'consume', topic, '--print', 'partition,offset,key,value'];
    await step('console consume', [...consume, '--from-beginning', '--exit-at-end'], ({ stdout }) =>
      judgeRecords(stdout, records, ends),
    );
    await step('topics describe', ['topics', 'describe', topic, '-o', 'json'], ({ stdout }) => {
      const { topics } = JSON.parse(stdout) as { topics: { partitions: { partition: number }[] }[] };
      return expectEqual('partitions', topics[0]?.partitions.map(({ partition }) => partition).join(), numbers(partitions));
    });
    const offsets = ['offsets', 'get', topic, '-o', 'json'];
    await step('offsets get', offsets, ({ stdout }) => judgeOffsets(stdout, (partition) => ends.get(partition) ?? 0));
    await step('console consume --group', [...consume, '--group', group, '--exit-at-end', '--from-beginning'], ({ stdout }) =>
      judgeRecords(stdout, records, new Map()),
    );
    await step('lag describe', ['lag', 'describe', group, '-o', 'json'], ({ stdout }) => {
      const { groups } = JSON.parse(stdout) as { groups: { partitions: LagRow[] }[] };
      const wrong = groups[0]?.partitions.filter(
        ({ partition, committed, lag }) => lag !== 0 || committed !== (ends.get(partition) ?? 0),
      );
      return [...expectEqual('rows', groups[0]?.partitions.length, partitions), ...expectEqual('wrong rows', wrong?.length, 0)];
    });
    await step('records delete', ['records', 'delete', topic, '--to-end', '--yes', '-o', 'json'], () => []);
    const starts = [...offsets, '--time', 'earliest'];
    await step('offsets get --time earliest', starts, ({ stdout }) =>
      judgeOffsets(stdout, (partition) => ends.get(partition) ?? 0),
    );
    await step('topics delete', ['topics', 'delete', topic, '--yes'], () => []);
    return rows;
  };
}

async function writeKeyed({ folder }: LoadWorld, records: number): Promise<string> {
  const file = path.join(folder, 'keyed.txt');
  await writeFile(file, Array.from({ length: records }, (_, index) => `key-${index}:${index}\n`).join(''));
  return file;
}

/** Each record once, under its own key, at consecutive offsets of its partition; notes where partitions end. */
function judgeRecords(stdout: string, records: number, ends: Map<number, number>): string[] {
  const seen = new Uint8Array(records);
  let wrong = 0;
  const lines = stdout.split('\n').slice(0, -1);
  for (const line of lines) {
    const [partition = '', offset = '', key = '', value = ''] = line.split('\t');
    const next = ends.get(Number(partition)) ?? 0;
    if (Number(offset) !== next || key !== `key-${value}` || seen[Number(value)] !== 0) wrong++;
    ends.set(Number(partition), Number(offset) + 1);
    seen[Number(value)] = 1;
  }
  return [...expectEqual('records', lines.length, records), ...expectEqual('wrong records', wrong, 0)];
}

function judgeOffsets(stdout: string, wanted: (partition: number) => number): string[] {
  const { partitions } = JSON.parse(stdout) as { partitions: OffsetRow[] };
  return expectEqual('wrong offsets', partitions.filter(({ partition, offset }) => offset !== wanted(partition)).length, 0);
}

function expectEqual(what: string, found: unknown, wanted: unknown): string[] {
  return found === wanted ? [] : [`${what}: ${String(found)} instead of ${String(wanted)}`.slice(0, 200)];
}

function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => index).join();
}
