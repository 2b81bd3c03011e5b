import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { uniqueName } from './fixture/unique-name.js';

// One replica of each partition of the offsets topic: a broker that dies takes its groups along.
const cluster = useThreeBrokers({ extraConfig: { 'offsets.topic.replication.factor': '1' } });

function kafkit(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit([...args, '-b', cluster().bootstrap], { timeoutMs: 90_000 });
}

interface Lags {
  readonly groups: readonly {
    readonly group: string;
    readonly error?: string;
    readonly partitions: readonly { readonly topic: string; readonly lag: number | null; readonly state: string }[];
  }[];
}

test('a broker that dies takes its own groups and partitions out of the lag, and no others', async () => {
  const home = await mkdtemp(join(tmpdir(), 'kafkit-lag-'));
  onTestFinished(() => rm(home, { recursive: true }));
  const kept = uniqueName('kept');
  const gone = uniqueName('gone');
  expect(await kafkit('topics', 'create', kept, '--replica-assignment', '1:2')).toMatchObject({ code: 0 });
  expect(await kafkit('topics', 'create', gone, '--replica-assignment', '3')).toMatchObject({ code: 0 });
  const names = Array.from({ length: 16 }, (_, index) => `group-${String(index).padStart(2, '0')}`);
  const partitions = [kept, gone].map((topic) => ({ topic, partition: 0, offset: 0 }));
  const file = join(home, 'groups.json');
  await writeFile(file, JSON.stringify({ version: 1, groups: names.map((group) => ({ group, partitions })) }));
  expect(await kafkit('groups', 'import', file, '--yes', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  const listed = JSON.parse((await kafkit('groups', 'list', '-o', 'json')).stdout) as {
    groups: { group: string; coordinator: number }[];
  };
  const lost = listed.groups.filter(({ coordinator }) => coordinator === 3).map(({ group }) => group);
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(16);

  await cluster()
    .brokers.find(({ id }) => id === 3)
    ?.kill('SIGKILL');
  const told = await kafkit('lag', 'describe', ...names, '-o', 'json');
  expect(told.code).toBe(1);
  const { groups } = JSON.parse(told.stdout) as Lags;
  expect(groups.filter(({ error }) => error !== undefined).map(({ group }) => group)).toEqual(lost);
  for (const { partitions: rows } of groups.filter(({ error }) => error === undefined)) {
    expect(rows.find(({ topic }) => topic === kept)).toMatchObject({ lag: 0, state: 'ok' });
    expect(rows.find(({ topic }) => topic === gone)).toMatchObject({ lag: null, state: 'unknown' });
  }
  const all = await kafkit('groups', 'list', '-o', 'names');
  expect(all.stdout.trimEnd().split('\n')).toEqual(names.filter((name) => !lost.includes(name)));
  expect(all.stderr).toContain('partitions of __consumer_offsets have no leader; the groups in them are not listed');
});
