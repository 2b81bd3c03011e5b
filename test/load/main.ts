// npm run test:load [-- --minutes 30 --only TEXT]
// Long and large loads on one real broker: KAFKIT_TEST_BOOTSTRAP, or a sandbox of its own. Prints a table; exit 1 after a violation.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startCluster } from '../../src/sandbox/start-cluster.js';
import { formatResults } from './format-results.js';
import type { LoadResult, LoadScenario } from './load-scenario.js';
import { MeasuredProcess } from './measured-process.js';
import { gigabyte } from './scenarios/gigabyte.js';
import { manyPartitions } from './scenarios/many-partitions.js';
import { manyProcesses } from './scenarios/many-processes.js';
import { manyTopics } from './scenarios/many-topics.js';
import { soak } from './scenarios/soak.js';

const { values: flags } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, only: { type: 'string', default: '' } },
});
const scenarios: Readonly<Record<string, LoadScenario>> = {
  file: gigabyte(1024),
  topics: manyTopics(100_000),
  partitions: manyPartitions({ partitions: 2000, records: 200_000 }),
  processes: manyProcesses(50),
  soak: soak({ minutes: Number(flags.minutes), recordsPerSecond: 2000 }),
};
const chosen = Object.entries(scenarios).filter(([name]) => name.includes(flags.only));
if (chosen.length === 0) throw new Error(`no scenario has '${flags.only}' in its name: ${Object.keys(scenarios).join(', ')}`);

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(name));
const given = process.env['KAFKIT_TEST_BOOTSTRAP'] ?? '';
const cluster =
  given === '' ? await startCluster({ signal: interrupted.signal, onProgress: (line) => console.error(line) }) : undefined;
const folder = await mkdtemp(path.join(tmpdir(), 'kafkit-load-'));
const results: LoadResult[] = [];
try {
  const world = { bootstrap: cluster?.bootstrap ?? given, folder, name: `load-${Date.now().toString(36)}` };
  const isInterrupted = new Promise<undefined>((resolve) => interrupted.signal.addEventListener('abort', () => resolve(undefined)));
  for (const [name, scenario] of chosen) {
    if (interrupted.signal.aborted) break;
    console.error(`${name} ...`);
    const work = scenario(world).catch((error: unknown): LoadResult[] => [failed(name, error)]);
    results.push(...((await Promise.race([work, isInterrupted])) ?? []));
  }
} finally {
  MeasuredProcess.killAll();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(formatResults(results));
if (interrupted.signal.aborted || results.some(({ violations }) => violations.length > 0)) process.exitCode = 1;

function failed(scenario: string, error: unknown): LoadResult {
  const text = error instanceof Error ? error.message : String(error);
  return { scenario, what: 'did not come to an end', seconds: 0, peakMiB: 0, violations: [text] };
}
