import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { commit } from './groups-run.js';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { createTopic, produceRecords } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const nowhere = '127.0.0.1:1';
/** Variables of another cluster, as a shell profile has them. */
const otherCluster = { KAFKIT_BOOTSTRAP_SERVER: nowhere, KAFKIT_SECURITY_PROTOCOL: 'SSL', KAFKIT_REQUEST_TIMEOUT_MS: '1' };

let home: string;
let topic: string;
const group = uniqueName('which');

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-which-'));
  const contexts = join(home, '.config', 'kafkit', 'contexts');
  await mkdir(contexts, { recursive: true });
  await writeFile(join(contexts, 'staging.properties'), `bootstrap.servers=${inject('bootstrap')}\nrequest.timeout.ms=30000\n`);
  await writeFile(join(contexts, 'gone.properties'), `bootstrap.servers=${nowhere}\n`);
  await writeFile(join(home, 'staging.properties'), `bootstrap.servers=${inject('bootstrap')}\nrequest.timeout.ms=30000\n`);
  topic = await createTopic('which');
  await produceRecords(topic, [{ value: 'a' }, { value: 'b' }]);
  await commit(group, topic, [1]);
  await writeFile(
    join(home, 'offsets.json'),
    JSON.stringify({ version: 1, group, partitions: [{ topic, partition: 0, offset: 1 }] }),
  );
});

afterAll(() => rm(home, { recursive: true }));

function kafkit(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProcessOutcome> {
  return runKafkit(args, { home, cwd: home, env, stdin: 'one\n' });
}

/** Every command that changes a cluster, asked only for its plan where there is one. */
function changes(): (readonly [string, readonly string[]])[] {
  return [
    ['topics create', ['topics', 'create', uniqueName('made'), '--dry-run']],
    ['topics alter', ['topics', 'alter', topic, '--partitions', '2', '--dry-run']],
    ['topics delete', ['topics', 'delete', topic, '--dry-run']],
    ['groups reset-offsets', ['groups', 'reset-offsets', group, '--topic', topic, '--to-latest', '--dry-run']],
    ['groups import', ['groups', 'import', 'offsets.json', '--dry-run']],
    ['groups delete', ['groups', 'delete', group, '--dry-run']],
    ['groups delete-offsets', ['groups', 'delete-offsets', group, '--topic', topic, '--dry-run']],
    ['records delete', ['records', 'delete', topic, '--keep-last', '1', '--dry-run']],
    ['console produce', ['console', 'produce', topic]],
  ];
}

const names = changes().map(([name]) => name);

function wordsOf(name: string): readonly string[] {
  return changes().find(([other]) => other === name)?.[1] ?? [];
}

interface WithCluster {
  readonly cluster: { readonly id: string; readonly bootstrapServer: string; readonly source: string };
}

describe.each(names)('%s', (name) => {
  test('goes to the cluster of a typed context whatever the environment says, and says so to people', async () => {
    const { code, stdout, stderr } = await kafkit([...wordsOf(name), '--context', 'staging'], otherCluster);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) as string });
    expect(stdout + stderr).toMatch(new RegExp(`^cluster [\\w-]{22} at ${inject('bootstrap')} \\(from context staging\\)$`, 'm'));
  });

  test('has the cluster in its JSON', async () => {
    const { stdout, stderr } = await kafkit([...wordsOf(name), '-b', inject('bootstrap'), '-o', 'json', '--quiet']);
    expect(stderr).toBe('');
    const { cluster } = JSON.parse(stdout) as WithCluster;
    expect(cluster).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/) as string,
      bootstrapServer: inject('bootstrap'),
      source: '--bootstrap-server',
    });
  });

  test('says whose brokers could not be reached', async () => {
    const { code, stdout, stderr } = await kafkit(wordsOf(name), { KAFKIT_BOOTSTRAP_SERVER: nowhere });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`cluster at ${nowhere} (from KAFKIT_BOOTSTRAP_SERVER)\n`);
  });
});

test.each(names.filter((name) => name !== 'console produce'))('%s has the cluster in every JSON line', async (name) => {
  const { stdout } = await kafkit([...wordsOf(name), '--context', 'staging', '-o', 'jsonl'], otherCluster);
  const lines = stdout.split('\n').filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect((JSON.parse(line) as WithCluster).cluster.source).toBe('context staging');
});

test('a typed settings file beats the environment, and its name is told', async () => {
  const doomed = await createTopic('doomed');
  const file = { ...otherCluster, KAFKIT_CONTEXT: 'gone' };
  const { code, stdout, stderr } = await kafkit(
    ['topics', 'delete', doomed, '--command-config', 'staging.properties', '--yes'],
    file,
  );
  expect(code).toBe(0);
  const line = new RegExp(`^cluster [\\w-]{22} at ${inject('bootstrap')} \\(from staging.properties\\)$`, 'm');
  expect(stderr).toMatch(line);
  expect(stdout).toMatch(line);
});

test('of two typed sources the one nearer to the command wins, and the other one is told of', async () => {
  const { code, stdout, stderr } = await kafkit([
    'topics',
    'delete',
    topic,
    '--dry-run',
    '--context',
    'gone',
    '-b',
    inject('bootstrap'),
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('(from --bootstrap-server)\n');
  expect(stderr).toBe('warning: --bootstrap-server names other brokers than context gone, and is followed\n');
});

test('a failed change says in which cluster nothing was found', async () => {
  const { code, stderr } = await kafkit(['topics', 'delete', 'which-none', '--yes', '--context', 'staging'], otherCluster);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*'which-none'.*\nhint: .*\ncluster [\w-]{22} at .* \(from context staging\)$/m);
});

test('a reading command says whose brokers could not be reached', async () => {
  const { code, stderr } = await kafkit(['topics', 'list', '--context', 'gone']);
  expect(code).toBe(1);
  expect(stderr).toContain(`cluster at ${nowhere} (from context gone)\n`);
});
