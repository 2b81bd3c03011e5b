import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { toolNames } from '../../src/apache/main.js';
import { isolatedEnv, runBin } from './fixture/run-kafkit.js';
import { startProcess, type ProcessOutcome } from './fixture/run-process.js';
import { type UselessAddress, uselessAddresses } from './unanswering.js';

/** What each command needs to get as far as the cluster; a command that is not here fails the first test. */
const commands: Readonly<Record<string, readonly string[]>> = {
  'topics list': [],
  'topics describe': [],
  'topics create': ['t'],
  'topics alter': ['t', '--partitions', '9', '--yes'],
  'topics delete': ['t', '--yes'],
  'console produce': ['t'],
  'console consume': ['t', '--from-beginning'],
  'groups list': [],
  'groups describe': ['g'],
  'groups members': ['g'],
  'groups reset-offsets': ['g', '--topic', 't', '--to-latest', '--yes'],
  'groups export': ['g'],
  'groups import': ['groups.json', '--yes'],
  'groups delete': ['g', '--yes'],
  'groups delete-offsets': ['g', '--topic', 't', '--yes'],
  'lag describe': ['g'],
  'lag list': [],
  'offsets get': [],
  'offsets diff': ['offsets.json', '--to', 'latest'],
  'offsets show': ['offsets.json'],
  'records delete': ['--offset-json-file', 'offsets.json', '--yes'],
};

/** Nouns and verbs that talk to no cluster of the user's. */
const local = ['sandbox', 'completion', 'install-drop-ins'];

const variants: Readonly<Record<string, readonly string[]>> = {
  'console consume': ['t', '--group', 'g'],
  'lag describe': ['--all-groups'],
};

/** Kafka's names; those that wait for ever by design are told to end, and have to do that. */
const tools: Readonly<Record<string, { args: readonly string[]; endless?: boolean }>> = {
  'kafka-topics': { args: ['--list', '--command-config', 'short.properties'] },
  'kafka-configs': {
    args: ['--describe', '--entity-type', 'topics', '--entity-name', 't', '--command-config', 'short.properties'],
  },
  'kafka-consumer-groups': { args: ['--list', '--timeout', '2000', '--command-config', 'short.properties'] },
  'kafka-delete-records': { args: ['--offset-json-file', 'offsets.json', '--command-config', 'short.properties'] },
  'kafka-get-offsets': { args: ['--command-config', 'short.properties'] },
  'kafka-console-producer': { args: ['--topic', 't', '--command-config', 'short.properties'] },
  'kafka-console-consumer': { args: ['--topic', 't', '--timeout-ms', '2000', '--command-config', 'short.properties'] },
  'kafka-verifiable-producer': { args: ['--topic', 't', '--max-messages', '1', '--command-config', 'short.properties'] },
  'kafka-verifiable-consumer': { args: ['--topic', 't', '--group-id', 'g', '--command-config', 'short.properties'], endless: true },
};

const offsets = '{"version":1,"partitions":[{"topic":"t","partition":0,"offset":1}]}';
const groups = '{"version":1,"group":"g","partitions":[{"topic":"t","partition":0,"offset":1}]}';
const short = 'request.timeout.ms=1000\ndefault.api.timeout.ms=2000\nmax.block.ms=2000\ndelivery.timeout.ms=2000\nlinger.ms=0\n';

let folder = '';
let addresses: UselessAddress[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-hangs-'));
  await writeFile(join(folder, 'offsets.json'), offsets);
  await writeFile(join(folder, 'groups.json'), groups);
  await writeFile(join(folder, 'short.properties'), short);
  addresses = await uselessAddresses();
});

afterAll(async () => {
  for (const address of addresses) address.stop();
  await rm(folder, { recursive: true, force: true });
});

test('every command and every tool is in the tables of this test', () => {
  const nouns = createProgram().commands.filter((noun) => !local.includes(noun.name()));
  const names = nouns.flatMap((noun) => noun.commands.map((verb) => `${noun.name()} ${verb.name()}`));
  expect(names.sort()).toEqual(Object.keys(commands).sort());
  expect(toolNames).toEqual(Object.keys(tools).sort());
});

interface Run {
  readonly title: string;
  readonly seconds: number;
  readonly outcome: ProcessOutcome | undefined;
}

/** Runs programs, a few at a time: they mostly wait. */
async function inTurn<T>(works: readonly (() => Promise<T>)[], atOnce = 8): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < works.length; at = next++) results[at] = await (works[at] as () => Promise<T>)(); // at is in bounds
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function timed(title: string, work: () => Promise<ProcessOutcome>): Promise<Run> {
  const startedAt = performance.now();
  const outcome = await work().catch(() => undefined);
  return { title, seconds: (performance.now() - startedAt) / 1000, outcome };
}

/** How many times longer than a second a machine takes to start as many programs as run at once here; at least 1. */
async function slownessNow(): Promise<number> {
  const starts = await inTurn(Array.from({ length: 8 }, () => () => timed('start', () => runBin('kafkit.js', ['--version']))));
  return Math.max(1, ...starts.map(({ seconds }) => seconds));
}

// A bug of ours shows itself in one of these.
const trace = /^\s+at .*\.[mc]?[jt]s:\d+|this is a bug/m;

test('every command against an address of no use ends in its time-out plus five seconds, with an error that names the address', async () => {
  const timeoutSeconds = 3;
  const lines = [...Object.entries(commands), ...Object.entries(variants)];
  const works = addresses.flatMap(({ kind, address }) =>
    lines.map(([name, args]) => () => {
      const argv = [...name.split(' '), ...args, '-b', address, '--timeout', `${timeoutSeconds}s`];
      const options = { stdin: 'a\n', cwd: folder, timeoutMs: 20_000 };
      return timed(`${name} ${args.join(' ')} (${kind}, ${address})`, () => runBin('kafkit.js', argv, options));
    }),
  );
  const runs = await inTurn(works);
  const slowness = await slownessNow();
  const wrong = runs.flatMap(({ title, seconds, outcome }) => {
    // All that it needs was said.
    if (title.startsWith('topics list') && title.includes('after Metadata')) return [];
    const address = /127\.0\.0\.1:\d+/.exec(title)?.[0] ?? '';
    if (outcome === undefined) return [`${title}: did not end`];
    const { code, stdout, stderr } = outcome;
    const faults = [
      ...(seconds > timeoutSeconds + 5 * slowness ? [`took ${seconds.toFixed(1)} s`] : []),
      ...(code === 1 ? [] : [`exit code ${code}`]),
      ...(trace.test(stdout + stderr) ? ['a stack trace'] : []),
      ...(/^error: /m.test(stderr) ? [] : ['no error line']),
      // What a reader lacks is named as the cluster names it: a partition, or time for its group.
      ...((stdout + stderr).includes(address) || /^console consume .*after Metadata/.test(title)
        ? []
        : ['the address is not named']),
    ];
    return faults.length === 0 ? [] : [`${title}: ${faults.join(', ')}\n${stderr}`];
  });
  expect(wrong, wrong.join('\n')).toEqual([]);
}, 90_000);

test("every one of Kafka's names against an address of no use ends in its settings' time plus five seconds", async () => {
  const works = addresses.flatMap(({ kind, address }) =>
    Object.entries(tools).map(([name, { args, endless }]) => () => {
      const argv = ['--bootstrap-server', address, ...args];
      const options = { stdin: 'a\n', cwd: folder, timeoutMs: 20_000 };
      return timed(`${name} (${kind})`, () => (endless === true ? interrupted(name, argv) : runBin(name, argv, options)));
    }),
  );
  const runs = await inTurn(works);
  const slowness = await slownessNow();
  const wrong = runs.flatMap(({ title, seconds, outcome }) => {
    if (outcome === undefined) return [`${title}: did not end`];
    const { stdout, stderr } = outcome;
    const isTraced = trace.test(stdout + stderr);
    if (seconds < 3 + 5 * slowness && !isTraced && (stdout + stderr).trim() !== '') return [];
    return [`${title}: took ${seconds.toFixed(1)} s\n${stdout}${stderr}`];
  });
  expect(wrong, wrong.join('\n')).toEqual([]);
}, 90_000);

async function interrupted(name: string, argv: readonly string[]): Promise<ProcessOutcome> {
  const program = fileURLToPath(new URL(`../../bin/${name}`, import.meta.url));
  const running = startProcess(process.execPath, [program, ...argv], { env: isolatedEnv(folder), cwd: folder, timeoutMs: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  running.kill('SIGTERM');
  return running.outcome;
}
