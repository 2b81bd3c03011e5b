import { mkdir, readFile, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../core/errors.js';
import { withFileLock, type LockOptions } from './file-lock.js';
import { writeWhole } from './java-command.js';
import type { SecureUser } from './secure-folder.js';
import { sandboxFolder } from './user-folders.js';

/** One broker of a sandbox in the background. */
export interface BrokerState {
  readonly id: number;
  readonly pid: number;
  readonly port: number;
  /** Where it answers without authentication. */
  readonly plainPort: number;
  readonly dir: string;
}

/** What is remembered of a sandbox in the background, in `state.json` of its folder. */
export interface SandboxState {
  readonly version: 1;
  readonly kafkaVersion: string;
  readonly clusterId: string;
  readonly bootstrap: string;
  /** Client settings with Kafka's own keys, by user, of a secure sandbox. */
  readonly commandConfig?: Readonly<Record<SecureUser, string>> | undefined;
  /** Broker settings that were asked for when it was made. */
  readonly extraConfig?: Readonly<Record<string, string>> | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly brokers: readonly BrokerState[];
}

/** Which sandbox is meant. */
export interface SandboxChoice {
  /** Default `default`. */
  readonly name?: string | undefined;
  /** Folder of its state, data and logs; default: one of its name among the user's state. */
  readonly dir?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * The folder of a sandbox.
 *
 * @throws CliError `usage` for a name that is not a plain folder name
 */
export function sandboxHome({ name = 'default', dir, env = process.env }: SandboxChoice): string {
  if (!/^[A-Za-z0-9_][\w.-]*$/.test(name)) {
    throw new CliError('usage', `'${name}' is not a name for a sandbox`, {
      hint: 'use letters, digits, dots, dashes and underscores',
    });
  }
  return dir ?? sandboxFolder(env, name);
}

const stateFile = (home: string): string => join(home, 'state.json');
const lockFile = 'lock';

/** What is remembered of the sandbox; `undefined` when there is nothing, or nothing that can be read. */
export async function readState(home: string): Promise<SandboxState | undefined> {
  try {
    const state = JSON.parse(await readFile(stateFile(home), 'utf8')) as SandboxState | null; // written by writeState
    return state?.version === 1 ? state : undefined;
  } catch {
    return undefined;
  }
}

export async function writeState(home: string, state: SandboxState): Promise<void> {
  await writeWhole(stateFile(home), `${JSON.stringify(state, null, 2)}\n`);
}

/** Runs `work` while no other process starts or stops this sandbox; the folder exists meanwhile, and goes when it ends up empty. */
export async function withSandboxLock<T>(home: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  try {
    return await withFileLock(join(home, lockFile), options, work);
  } finally {
    await rmdir(home).catch(() => undefined); // not empty: the sandbox is in use
  }
}

/** Removes everything in the folder of a sandbox but its lock. */
export async function clearHome(home: string): Promise<void> {
  for (const entry of await readdir(home)) {
    const isOurs = entry === 'state.json' || entry === 'secure' || /^broker-\d+$/.test(entry);
    if (isOurs) await rm(join(home, entry), { recursive: true, force: true, maxRetries: 3 });
  }
}
