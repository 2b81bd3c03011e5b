import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tailOfLog } from '../../../src/sandbox/log-tail.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-log-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('the tail of a log leaves out the dump of settings', async () => {
  const path = join(folder, 'broker.log');
  await writeFile(path, 'first\nsecond\nKafkaConfig values: \n\tzookeeper.connect = null\n\tnode.id = 1\n\nlast\n');
  expect(await tailOfLog(path, 3)).toEqual(['second', 'KafkaConfig values: ', 'last']);
});

test('a log that is not there has no lines', async () => {
  expect(await tailOfLog(join(folder, 'absent'), 3)).toEqual([]);
});
