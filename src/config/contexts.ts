import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { nearMatch } from '../core/near-match.js';
import { CliError } from '../core/errors.js';

/** Environment variables, as the process or a test gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where contexts live: one `.properties` file each, with Kafka's own keys, in `$XDG_CONFIG_HOME/kafkit/contexts`. The file
 * `current-context` beside that folder names the one to use by default.
 */
export function configFolder(env: Environment): string {
  const base = env['XDG_CONFIG_HOME'];
  return join(base === undefined || base === '' ? join(env['HOME'] ?? homedir(), '.config') : base, 'kafkit');
}

const extension = '.properties';

/** Names of all contexts, sorted. */
export function listContexts(env: Environment): readonly string[] {
  const files = readIfThere(() => readdirSync(join(configFolder(env), 'contexts'))) ?? [];
  return files
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/** The context used where none is named; undefined where none was chosen. */
export function currentContext(env: Environment): string | undefined {
  const text = readIfThere(() => readFileSync(join(configFolder(env), 'current-context'), 'utf8'))?.trim();
  return text === '' ? undefined : text;
}

/**
 * The file of a context that exists.
 *
 * @throws CliError `config` for a name that no context has
 */
export function contextFile(name: string, env: Environment): string {
  const names = listContexts(env);
  if (names.includes(name)) return join(configFolder(env), 'contexts', `${name}${extension}`);
  const near = nearMatch(name, names);
  const text = `context '${name}' does not exist${near === undefined ? '' : ` (did you mean ${near}?)`}`;
  const hint =
    names.length === 0
      ? `there are none yet; one is a file NAME${extension} with Kafka's own keys in ${join(configFolder(env), 'contexts')}`
      : `there are: ${names.join(', ')}`;
  throw new CliError('config', text, { hint });
}

function readIfThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}
