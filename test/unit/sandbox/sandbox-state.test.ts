import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downSandbox } from '../../../src/sandbox/down-sandbox.js';
import { sandboxStatus } from '../../../src/sandbox/sandbox-status.js';
import { readState, sandboxHome, writeState, type SandboxState } from '../../../src/sandbox/sandbox-state.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kafkit-state-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** Remembers a broker whose process id is now this test's own. */
function reusedState(): SandboxState {
  return {
    version: 1,
    kafkaVersion: '4.3.0',
    clusterId: 'c',
    bootstrap: '127.0.0.1:9092',
    startedAt: '2026-11-21T08:00:00.000Z',
    brokers: [{ id: 1, pid: process.pid, port: 9092, plainPort: 9092, dir: join(dir, 'broker-1') }],
  };
}

test('a sandbox lives in the user’s state folder, by name', () => {
  const env = { HOME: '/home/me' };
  expect(sandboxHome({ env })).toBe('/home/me/.local/state/kafkit/sandbox/default');
  expect(sandboxHome({ env: { ...env, XDG_STATE_HOME: '/state' }, name: 'v3.9' })).toBe('/state/kafkit/sandbox/v3.9');
  expect(sandboxHome({ env: { ...env, XDG_STATE_HOME: 'relative' } })).toBe('/home/me/.local/state/kafkit/sandbox/default');
});

test.each(['', '..', '.hidden', 'a/b', 'a b'])('%j is no name for a sandbox', (name) => {
  expect(() => sandboxHome({ name })).toThrow(`'${name}' is not a name for a sandbox`);
});

test('state that cannot be read counts as none', async () => {
  await writeFile(join(dir, 'state.json'), '{"version":1,"brok');
  expect(await readState(dir)).toBeUndefined();
  await writeFile(join(dir, 'state.json'), '{"version":2}');
  expect(await readState(dir)).toBeUndefined();
});

test('a process id that another program has now is a stopped broker, and is not killed', async () => {
  await writeState(dir, reusedState());
  expect(await sandboxStatus({ dir })).toMatchObject({ condition: 'stopped', brokers: [{ condition: 'stopped' }] });
  expect(await downSandbox({ dir })).toEqual({ stopped: [], data: 'removed' });
});

test('taking down removes nothing but the sandbox’s own files', async () => {
  await writeState(dir, reusedState());
  await writeFile(join(dir, 'notes.txt'), 'mine');
  await downSandbox({ dir });
  expect(await readdir(dir)).toEqual(['notes.txt']);
});

test('taking down what never was makes no folder', async () => {
  expect(await downSandbox({ dir: join(dir, 'absent') })).toEqual({ stopped: [], data: 'none' });
  expect(await readdir(dir)).toEqual([]);
});
