import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startProcess } from '../e2e/fixture/run-process.js';
import type { GoldenCase, Printed } from './golden-case.js';
import { fill, type Names, normalise } from './golden-text.js';

/** One program to start: the file and the words before the tool's own. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface CaseOptions {
  readonly tool: string;
  readonly bootstrap: string;
  /** How to start a tool by its name: the one under test, and those that prepare the case. */
  command(tool: string): Command;
  setupCommand(tool: string): Command;
}

// Names are as long as those of the recordings, whose columns are as wide as the names: ten letters, and two that count.
const runId = randomBytes(5).toString('hex');
let serial = 36;

/**
 * Runs a case in a folder of its own, with names of its own.
 *
 * @throws Error where a step before it fails
 */
export async function runCase(item: GoldenCase, options: CaseOptions): Promise<Printed> {
  const own = `${runId}-${(serial++).toString(36)}`;
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  const names: Names = { T: `gt-${own}`, G: `gg-${own}`, B: options.bootstrap, DIR: folder };
  try {
    writeFiles(item, names);
    await prepare(item, names, options);
    return await runTool(item, names, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFiles({ files = {} }: GoldenCase, names: Names): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(names.DIR, fill(name, names));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fill(text, names));
  }
}

// A Java program beside others takes its time.
const setupTimeoutMs = 55_000;

async function prepare({ setup = [] }: GoldenCase, names: Names, options: CaseOptions): Promise<void> {
  for (const step of setup) {
    const [words, stdin] = 'run' in step ? [step.run, step.stdin] : [step, ''];
    const [tool = '', ...args] = words.map((word) => fill(word, names));
    const command = options.setupCommand(tool);
    const { code, stdout, stderr } = await startProcess(command.file, [...command.args, ...args], {
      env: command.env,
      cwd: names.DIR,
      stdin: fill(stdin, names),
      timeoutMs: setupTimeoutMs,
    }).outcome;
    if (code !== 0) throw new Error(`${[tool, ...args].join(' ')} ended with ${String(code)}: ${stderr === '' ? stdout : stderr}`);
  }
}

async function runTool(item: GoldenCase, names: Names, options: CaseOptions): Promise<Printed> {
  const { file, args, env } = options.command(options.tool);
  const own = Object.entries(item.env ?? {}).map(([name, value]) => [name, fill(value, names)] as const);
  const running = startProcess(file, [...args, ...item.argv.map((word) => fill(word, names))], {
    env: { ...env, ...Object.fromEntries(own) },
    cwd: names.DIR,
    stdin: fill(item.stdin ?? '', names),
    timeoutMs: item.timeoutMs ?? 30_000,
  });
  const { signal } = item;
  if (signal !== undefined) setTimeout(() => running.kill(signal.name), signal.afterMs);
  const { code, signal: endedBy, stdout, stderr } = await running.outcome;
  return { exit: code ?? String(endedBy), stdout: normalise(stdout, names), stderr: normalise(stderr, names) };
}
