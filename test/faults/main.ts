// npm run test:faults [-- --runs 200 --seed 7 --only TEXT]
// Every scenario under every fault that it can meet, over and over until so many runs have counted, on three real brokers; records
// are counted by Kafka's own tools. `--only` takes parts of faults' names, with commas between. Exit 1 after a violation; Ctrl-C ends it with what
// was counted so far.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ClientProcess } from './client-process.js';
import { Random } from './random.js';
import type { FaultRun } from './run-batch.js';
import { formatRuns } from './table.js';
import { allTrials } from './trials/all-trials.js';
import { Coverage } from './trials/coverage.js';
import type { Trial } from './trials/trial.js';
import { World } from './world.js';

const { values: flags } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const wanted = Number(flags.runs);
const parts = flags.only?.split(',') ?? [''];
const chosen = allTrials.filter(({ fault }) => parts.some((part) => fault.includes(part)));
if (chosen.length === 0)
  throw new Error(`no fault has '${flags.only}' in its name: ${allTrials.map(({ fault }) => fault).join(', ')}`);

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort(name));
const random = new Random(Number(flags.seed));
const coverage = new Coverage(chosen, random);
const runs: FaultRun[] = [];
const mostFailures = 3;
let failures = 0;
const startedAt = performance.now();
const world = await World.start(random, { signal: interrupted.signal, onProgress: say });
try {
  const isInterrupted = new Promise<undefined>((resolve) => interrupted.signal.addEventListener('abort', () => resolve(undefined)));
  for (let turn = 1; !coverage.isDone(wanted) && failures <= mostFailures && !interrupted.signal.aborted; turn++) {
    const trial = coverage.next();
    const work = runTrial(trial, turn);
    work.catch(() => {}); // abandoned by an interrupt
    await Promise.race([work, isInterrupted]);
  }
} finally {
  ClientProcess.killAll();
  await world.stop();
}
report();
// What was under way when the interrupt came waits for nobody.
if (interrupted.signal.aborted) process.kill(process.pid, interrupted.signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');

async function runTrial(trial: Trial, turn: number): Promise<void> {
  const begunAt = performance.now();
  world.name = `f${Date.now().toString(36)}-${turn}`;
  const batch = await trial.run(world).catch((error: unknown) => unjudged(trial, error));
  if (batch === undefined) return;
  if (interrupted.signal.aborted) return;
  runs.push(...batch);
  coverage.note(trial, batch);
  const bad = batch.filter(({ violations }) => violations.length > 0);
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  say(
    `${trial.fault}: ${batch.length} of ${trial.scenarios.length} counted, ${bad.length} with violations ` +
      `(${seconds} s; ${runs.length} of ${wanted} runs in ${minutes} min)`,
  );
  for (const { scenario, violations } of bad) say(`  ${scenario}: ${violations.join('; ')}`);
}

/** A machine that is too busy, say: told of, and tried again. */
function unjudged(trial: Trial, error: unknown): undefined {
  if (interrupted.signal.aborted) return undefined;
  say(`${trial.fault}: could not be judged: ${String(error).slice(0, 1000)}`);
  failures++;
  return undefined;
}

function report(): void {
  mkdirSync('.bench', { recursive: true });
  const file = path.resolve('.bench', `faults-${new Date().toISOString().replaceAll(':', '')}.json`);
  writeFileSync(file, `${JSON.stringify({ seed: flags.seed, runs }, undefined, 1)}\n`);
  const violated = runs.filter(({ violations }) => violations.length > 0).length;
  const tables = [formatRuns(runs), formatRuns(runs, 'scenario'), formatRuns(runs, 'fault')].join('\n\n');
  const missing = wanted < runs.length || coverage.isDone(wanted) ? coverage.missing() : [];
  const never = missing.length === 0 ? '' : `\nnever found at work: ${missing.join('; ')}`;
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  process.stdout.write(
    `${tables}\n${never}\n${runs.length} fault runs in ${minutes} min, ${violated} with violations; seed ${flags.seed}; ${file}\n`,
  );
  process.exitCode = violated === 0 && failures <= mostFailures ? 0 : 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
