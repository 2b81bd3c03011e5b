// npm run test:faults [-- --runs 200 --seed 7 --only TEXT]
// Every scenario under every fault, over and over until so many runs have counted, on three real brokers; records are counted by
// Kafka's own tools. Exit 1 after a violation.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from './faults.js';
import { Random } from './random.js';
import { fullCast, runBatch, type FaultRun } from './run-batch.js';
import { formatRuns } from './table.js';
import { World } from './world.js';

const { values: flags } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(name));
const chosen = faults.filter(({ name }) => flags.only === undefined || name.includes(flags.only));
const runs: FaultRun[] = [];
const world = await World.start(new Random(Number(flags.seed)), {
  signal: interrupted.signal,
  onProgress: (message) => process.stderr.write(`${message}\n`),
});
try {
  for (let turn = 0; runs.length < Number(flags.runs) && !interrupted.signal.aborted; turn++) {
    const fault = chosen[turn % chosen.length];
    if (fault === undefined) throw new Error(`no fault has '${flags.only}' in its name`);
    const startedAt = performance.now();
    const batch = await runBatch(world, fault, { name: `f${Date.now().toString(36)}-${turn}`, cast: fullCast() });
    runs.push(...batch);
    const bad = batch.filter(({ violations }) => violations.length > 0);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    process.stderr.write(`${fault.name}: ${batch.length} runs, ${bad.length} with violations (${seconds} s)\n`);
    for (const { scenario, violations } of bad) process.stderr.write(`  ${scenario}: ${violations.join('; ')}\n`);
  }
} finally {
  await world.stop();
}
mkdirSync('.bench', { recursive: true });
const report = path.resolve('.bench', `faults-${new Date().toISOString().replaceAll(':', '')}.json`);
writeFileSync(report, `${JSON.stringify({ seed: flags.seed, runs }, undefined, 1)}\n`);
const violated = runs.filter(({ violations }) => violations.length > 0).length;
process.stdout.write(
  `${formatRuns(runs)}\n\n${runs.length} fault runs, ${violated} with violations; seed ${flags.seed}; ${report}\n`,
);
process.exitCode = violated === 0 ? 0 : 1;
