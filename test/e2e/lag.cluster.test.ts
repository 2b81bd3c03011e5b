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
  readonly incomplete: readonly { readonly broker: number | null; readonly error: { readonly message: string } }[];
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
  // Side by side, because each waits for the broker that is gone.
  const named = kafkit('lag', 'describe', ...names, '-o', 'json');
  const exported = kafkit('groups', 'export', '--all-groups');
  const all = await Promise.all([
    kafkit('groups', 'list', '-o', 'json'),
    kafkit('groups', 'describe', '--all-groups', '-o', 'json'),
    kafkit('groups', 'members', '--all-groups', '-o', 'json'),
    kafkit('lag', 'describe', '--all-groups', '-o', 'json'),
    kafkit('lag', 'list', '-o', 'json', '--quiet'),
  ]);
  const reached = names.filter((name) => !lost.includes(name));
  for (const { code, stdout, stderr } of all) {
    const { groups, incomplete } = JSON.parse(stdout) as Lags;
    expect(code).toBe(1);
    expect(groups.map(({ group }) => group).sort()).toEqual(reached);
    expect(incomplete.length).toBeGreaterThan(0);
    for (const { error } of incomplete) expect(stderr).toContain(error.message);
  }
  expect((JSON.parse(all[0].stdout) as Lags).incomplete.map(({ broker }) => broker)).toContain(3);
  expect(await exported).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('cannot export all groups: ') as string,
  });

  const told = await named;
  expect(told.code).toBe(1);
  const { groups, incomplete } = JSON.parse(told.stdout) as Lags;
  expect(incomplete).toEqual([]);
  expect(groups.filter(({ error }) => error !== undefined).map(({ group }) => group)).toEqual(lost);
  for (const { partitions: rows } of groups.filter(({ error }) => error === undefined)) {
    expect(rows.find(({ topic }) => topic === kept)).toMatchObject({ lag: 0, state: 'ok' });
    expect(rows.find(({ topic }) => topic === gone)).toMatchObject({ lag: null, state: 'unknown' });
  }
  const later = await kafkit('groups', 'list', '-o', 'names');
  expect(later.code).toBe(1);
  expect(later.stdout.trimEnd().split('\n')).toEqual(reached);
  expect(later.stderr).toContain('partitions of __consumer_offsets have no leader; the groups in them are not listed');
});
