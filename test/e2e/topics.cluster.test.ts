import { expect, test } from 'vitest';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { uniqueName } from './fixture/unique-name.js';

const cluster = useThreeBrokers();

function topics(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit(['topics', ...args, '-b', cluster().bootstrap]);
}

interface Described {
  readonly topics: readonly { readonly partitions: readonly { readonly partition: number; readonly leader: number | null }[] }[];
  readonly leaders: {
    readonly leaderless: number;
    readonly brokers: readonly { readonly broker: number; readonly leaders: number }[];
  };
}

async function describe(...args: string[]): Promise<Described> {
  const { code, stdout, stderr } = await topics('describe', ...args, '-o', 'json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Described;
}

test('replicas are placed as assigned, leaders are counted by broker, and a dead broker leaves a partition without a leader', async () => {
  const name = uniqueName('placed');
  expect(await topics('create', name, '--replica-assignment', '1:2,2:3,3')).toMatchObject({ code: 2 });
  const only3 = uniqueName('only3');
  expect(await topics('create', name, '--replica-assignment', '1:2,2:3,3:1')).toMatchObject({ code: 0 });
  expect(await topics('create', only3, '--replica-assignment', '3,2')).toMatchObject({ code: 0 });
  const before = await describe(name, only3);
  expect(before.leaders.brokers).toMatchObject([
    { broker: 1, leaders: 1 },
    { broker: 2, leaders: 2 },
    { broker: 3, leaders: 2 },
  ]);

  await cluster()
    .brokers.find(({ id }) => id === 3)
    ?.kill('SIGKILL');
  await expect
    .poll(async () => (await describe(only3)).topics[0]?.partitions, { timeout: 60_000, interval: 500 })
    .toMatchObject([
      { partition: 0, leader: null },
      { partition: 1, leader: 2 },
    ]);
  const table = await topics('describe', name, only3, '--unavailable');
  expect(table.code).toBe(0);
  expect(table.stdout.trimEnd().split('\n').slice(2)).toEqual([expect.stringMatching(new RegExp(`^${only3} +0  none +3 `))]);
  expect((await topics('describe', name, '--under-replicated', '-o', 'csv')).stdout.trimEnd().split('\n')).toHaveLength(3);
  const full = await topics('describe', only3);
  expect(full.stdout).toMatch(/leaders: .*; 1 without a leader\n$/);
  expect(await topics('list', only3)).toMatchObject({ code: 0, stdout: `TOPIC\n${only3}\n` });
  expect(await topics('alter', only3, '--config', 'retention.ms=1000', '--yes')).toMatchObject({ code: 0 });
  expect(await topics('delete', only3, '--yes')).toMatchObject({ code: 0 });
});
