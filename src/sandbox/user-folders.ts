import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where downloaded jars are kept (XDG base directories; a relative path in the variable counts as unset). */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(baseFolder(env, 'XDG_CACHE_HOME', '.cache'), 'kafkit');
}

/** Where the sandboxes that run in the background live, one folder each. */
export function sandboxFolder(env: NodeJS.ProcessEnv, name: string): string {
  return join(baseFolder(env, 'XDG_STATE_HOME', join('.local', 'state')), 'kafkit', 'sandbox', name);
}

function baseFolder(env: NodeJS.ProcessEnv, variable: string, fallback: string): string {
  const chosen = env[variable];
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  return join(env['HOME'] ?? homedir(), fallback);
}
