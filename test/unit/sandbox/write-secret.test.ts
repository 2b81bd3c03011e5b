import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSecret } from '../../../src/sandbox/write-secret.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-secret-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a secret is readable by its owner only, also in a file that others could read before', async () => {
  const path = join(folder, 'users.json');
  await writeFile(path, 'a longer text than the secret', { mode: 0o644 });
  await writeSecret(path, 'secret');
  expect(await readFile(path, 'utf8')).toBe('secret');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a link is not followed', async () => {
  const target = join(folder, 'elsewhere');
  const link = join(folder, 'link');
  await writeFile(target, 'as it was');
  await symlink(target, link);
  await expect(writeSecret(link, 'secret')).rejects.toThrow(/ELOOP/);
  expect(await readFile(target, 'utf8')).toBe('as it was');
});
