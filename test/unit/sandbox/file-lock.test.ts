import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFileLock } from '../../../src/sandbox/file-lock.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-lock-'));
  path = join(folder, 'lock');
});

afterEach(() => rm(folder, { recursive: true }));

// Above what any system gives out.
const deadPid = 999_999_999;

test('only one holder works at a time, and the file goes with the last', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
  };
  await Promise.all(Array.from({ length: 5 }, () => withFileLock(path, {}, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a process that is gone is taken over', async () => {
  await writeFile(path, `${deadPid} token\n`);
  expect(await withFileLock(path, {}, () => Promise.resolve('done'))).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('waiting for a lock is announced once and ends with the signal', async () => {
  await writeFile(path, `${process.pid} token\n`);
  const controller = new AbortController();
  const waits: string[] = [];
  const onWait = (): void => {
    waits.push('waiting');
    setTimeout(() => controller.abort(), 300);
  };
  const work = withFileLock(path, { signal: controller.signal, onWait }, () => Promise.resolve());
  await expect(work).rejects.toMatchObject({ code: 'aborted' });
  expect(waits).toEqual(['waiting']);
  expect(await readdir(folder)).toEqual(['lock']);
});

test('the lock is given back when the work fails', async () => {
  await expect(withFileLock(path, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(folder)).toEqual([]);
});
