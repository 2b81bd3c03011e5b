import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePorts } from '../../src/sandbox/ports.js';
import { isolatedEnv } from './fixture/run-kafkit.js';
import { runProcess, type ProcessOutcome } from './fixture/run-process.js';
import { sandboxEnv } from './fixture/sandbox-env.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const kafkasOwn = '#!/bin/sh\necho own\n';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-package-'));
  await mkdir(join(folder, 'bin'));
  // A Kafka that is installed already.
  await writeFile(join(folder, 'bin', 'kafka-topics.sh'), kafkasOwn);
  // Without scripts: the build would pull the program out from under the tests that run beside this one.
  const packed = await npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }]; // npm pack --json names one tarball
  await npm('install', '--global', '--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund', join(folder, filename));
}, 180_000);

afterAll(async () => {
  await kafkit('sandbox', 'down');
  await rm(folder, { recursive: true, force: true });
});

async function npm(...args: string[]): Promise<ProcessOutcome> {
  const outcome = await runProcess('npm', args, { env: process.env, cwd: repository, timeoutMs: 150_000 });
  if (outcome.code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${outcome.stderr}`);
  return outcome;
}

/** Runs the installed program, from a folder that has nothing to do with the repository. */
function kafkit(...args: string[]): Promise<ProcessOutcome> {
  const env = { ...isolatedEnv(folder), ...sandboxEnv(folder) };
  return runProcess(join(folder, 'bin', 'kafkit'), args, { env, cwd: folder, timeoutMs: 60_000 });
}

test('the installed package knows its version', async () => {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
  expect(await kafkit('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('the package adds one name to the PATH, beside the scripts of an installed Kafka, and the others where they are asked for', async () => {
  expect(await readdir(join(folder, 'bin'))).toEqual(['kafka-topics.sh', 'kafkit']);
  expect(await readFile(join(folder, 'bin', 'kafka-topics.sh'), 'utf8')).toBe(kafkasOwn);
  const place = join(folder, 'drop-ins');
  expect(await kafkit('install-drop-ins', place)).toMatchObject({ code: 0 });
  const version = await runProcess(join(place, 'kafka-topics.sh'), ['--version'], {
    env: isolatedEnv(folder),
    cwd: folder,
    timeoutMs: 30_000,
  });
  expect(version).toMatchObject({ code: 0, stdout: '4.3.0\n' });
});

test('the installed package brings up a Kafka, uses it and takes it down', async () => {
  const [port = 0] = await findFreePorts(1);
  const bootstrap = `127.0.0.1:${port}`;
  expect(await kafkit('sandbox', 'up', '--port', String(port), '-o', 'names')).toMatchObject({ code: 0, stdout: `${bootstrap}\n` });
  expect(await kafkit('topics', 'create', 'orders', '--partitions', '3', '-b', bootstrap)).toMatchObject({ code: 0, stderr: '' });
  expect(await kafkit('topics', 'list', '-b', bootstrap, '-o', 'names')).toMatchObject({ code: 0, stdout: 'orders\n', stderr: '' });
  expect(await kafkit('sandbox', 'down')).toMatchObject({ code: 0, stderr: '' });
});
