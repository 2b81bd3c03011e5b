import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type GoldenCase, type GoldenSuite, readSuite } from './golden-case.js';
import { viewOf } from './golden-text.js';
import { type Command, runCase } from './run-case.js';

const usage = `usage: npm run golden -- record|check --bin FOLDER --bootstrap HOST:PORT [--setup-bin FOLDER] [--only TEXT]
                        [--brokers N] [--jobs N] FILE.json ...

record  runs the cases with the tools in FOLDER (Kafka's own) and writes what they print into the files
check   runs them and tells which print something else
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bin: { type: 'string' },
    'setup-bin': { type: 'string' },
    bootstrap: { type: 'string' },
    only: { type: 'string', default: '' },
    brokers: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
  },
});

async function main(): Promise<number> {
  const [mode, ...paths] = positionals;
  const { bin, bootstrap } = values;
  if ((mode !== 'record' && mode !== 'check') || bin === undefined || bootstrap === undefined || paths.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  const setupBin = values['setup-bin'] ?? bin;
  let failed = 0;
  for (const path of paths) {
    const suite = readSuite(path);
    const run = (item: GoldenCase): Promise<GoldenCase> => runOnce(item, { tool: suite.tool, bin, setupBin, bootstrap });
    const { cases, wrong } = await runAll(suite, run);
    if (mode === 'record') writeFileSync(path, `${JSON.stringify({ ...suite, cases }, null, 1)}\n`);
    else failed += wrong;
    console.log(mode === 'record' ? `${path}: recorded` : `${path}: ${wrong} differ`);
  }
  return failed === 0 ? 0 : 1;
}

interface Folders {
  readonly tool: string;
  readonly bin: string;
  readonly setupBin: string;
  readonly bootstrap: string;
}

/** The case with what the tool printed this time. */
async function runOnce(item: GoldenCase, { tool, bin, setupBin, bootstrap }: Folders): Promise<GoldenCase> {
  const from =
    (folder: string) =>
    (name: string): Command => ({ file: resolve(join(folder, name)), args: [], env: process.env });
  const { exit, stdout, stderr } = await runCase(item, { tool, bootstrap, command: from(bin), setupCommand: from(setupBin) });
  return { ...item, expect: { exit, stdout: viewOf(stdout, seen(item.stdout)), stderr: viewOf(stderr, seen(item.stderr)) } };
}

/** Only what a comparison looks at is kept; lines stay in their order. */
function seen(comparison: GoldenCase['stdout']): GoldenCase['stdout'] {
  return comparison === 'sorted' ? 'exact' : comparison;
}

async function runAll(
  suite: GoldenSuite,
  run: (item: GoldenCase) => Promise<GoldenCase>,
): Promise<{ cases: GoldenCase[]; wrong: number }> {
  const cases = [...suite.cases];
  const queue = [...cases.keys()];
  let wrong = 0;
  const work = async (): Promise<void> => {
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const item = cases[at];
      if (item === undefined || !item.name.includes(values.only) || (item.brokers ?? 1) > Number(values.brokers)) continue;
      try {
        const now = await run(item);
        if (!isSame(item, now)) {
          wrong += 1;
          console.log(`differs: ${suite.tool}: ${item.name}`);
        }
        cases[at] = now;
      } catch (error) {
        wrong += 1;
        console.log(`failed: ${suite.tool}: ${item.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return { cases, wrong };
}

function isSame(before: GoldenCase, after: GoldenCase): boolean {
  const same = (stream: 'stdout' | 'stderr'): boolean =>
    viewOf(before.expect[stream], before[stream]) === viewOf(after.expect[stream], before[stream]);
  return before.expect.exit === after.expect.exit && same('stdout') && same('stderr');
}

process.exitCode = await main();
