import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { formatResults } from '../load/format-results.js';
import type { LoadScenario } from '../load/load-scenario.js';
import { MeasuredProcess } from '../load/measured-process.js';
import { gigabyte } from '../load/scenarios/gigabyte.js';
import { manyPartitions } from '../load/scenarios/many-partitions.js';
import { manyProcesses } from '../load/scenarios/many-processes.js';
import { manyTopics } from '../load/scenarios/many-topics.js';
import { soak } from '../load/scenarios/soak.js';
import { uniqueName } from './fixture/unique-name.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-load-'));
});

afterAll(async () => {
  MeasuredProcess.killAll();
  await rm(folder, { recursive: true, force: true });
});

// The same scenarios as in `npm run test:load`, a small part of their size.
const cases: readonly (readonly [string, LoadScenario])[] = [
  ['a file of 64 MiB comes out as it went in, in bounded memory', gigabyte(64)],
  ['five thousand topics are listed and described whole and in order', manyTopics(5000)],
  [
    'two hundred partitions are written, read, described and cut with the right numbers',
    manyPartitions({ partitions: 200, records: 20_000 }),
  ],
  ['six processes at once lose nothing', manyProcesses(6)],
  ['a steady stream through a group is accounted for', soak({ minutes: 0.15, recordsPerSecond: 2000 })],
];

test.each(cases)('%s', async (_, scenario) => {
  const results = await scenario({ bootstrap: inject('bootstrap'), folder, name: uniqueName('load') });
  const wrong = results.filter(({ violations }) => violations.length > 0);
  expect(wrong, formatResults(wrong)).toEqual([]);
});
