import { basename } from 'node:path';

/**
 * The signals that this program was started to ignore, as `nohup` has it, and a script that puts it into the background with `&`.
 * Node makes every signal effective again before a program can ask, so a shell asks first (the files in `bin/`) and leaves the
 * names in a variable, which is taken out of the environment: it says nothing about programs started from here.
 */
export function takeIgnoredSignals(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const { KAFKIT_IGNORED_SIGNALS: names } = env;
  delete env['KAFKIT_IGNORED_SIGNALS'];
  if (names !== undefined)
    return new Set(
      names
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => `SIG${name}`),
    );
  // Started as `nohup node ...`: most shells name the program that they started.
  return new Set(basename(env['_'] ?? '') === 'nohup' ? ['SIGHUP'] : []);
}
