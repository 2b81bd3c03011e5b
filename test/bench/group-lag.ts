import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kafkit = path.resolve(import.meta.dirname, '../../bin/kafkit.js');
const groupCount = 60;

/** What a lag report must say in sum. */
export interface GroupLag {
  readonly partitions: number;
  readonly lag: number;
}

/** Commits offsets of many groups for every partition of a topic, each group at another place, and says what their lag is. */
export async function prepareGroups(bootstrap: string, topic: string, folder: string): Promise<GroupLag> {
  const asked = await run(process.execPath, [kafkit, 'offsets', 'get', topic, '-o', 'json', '-b', bootstrap]);
  const ends = (JSON.parse(asked.stdout) as { partitions: { partition: number; offset: number }[] }).partitions;
  const groups = Array.from({ length: groupCount }, (_, index) => ({
    group: `bench-group-${index}`,
    partitions: ends.map(({ partition, offset }) => ({ topic, partition, offset: Math.max(0, offset - index) })),
  }));
  const file = path.join(folder, 'groups.json');
  writeFileSync(file, JSON.stringify({ version: 1, groups }));
  await run(process.execPath, [kafkit, 'groups', 'import', file, '--yes', '--quiet', '-b', bootstrap], { maxBuffer: 1 << 26 });
  const behind = groups.flatMap(({ partitions }) => partitions.map(({ offset }, index) => (ends[index]?.offset ?? 0) - offset));
  return { partitions: behind.length, lag: behind.reduce((sum, each) => sum + each, 0) };
}

/** The sum over a printed report: kafkit's tables or Kafka's, told apart by their titles. */
export function readLag(file: string): GroupLag {
  let column = -1;
  let partitions = 0;
  let lag = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const cells = line.trim().split(/\s+/);
    if (cells.includes('LAG') && cells.includes('PARTITION')) column = cells.indexOf('LAG');
    else if (/^\d+$/.test(cells[column] ?? '') && cells.length > column + 1) {
      partitions++;
      lag += Number(cells[column]);
    }
  }
  return { partitions, lag };
}
