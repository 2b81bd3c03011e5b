import { CliError } from '../errors.js';

/** One topic setting to change: a value to set, or `undefined` to go back to the default. */
export interface ConfigChange {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Reads `--config name=value` words and `--delete-config name` words. A value may be empty and may contain `=`.
 *
 * @throws CliError `usage` naming every malformed or repeated word
 */
export function parseConfigChanges(assignments: readonly string[], deletions: readonly string[] = []): ConfigChange[] {
  const problems: string[] = [];
  const changes: ConfigChange[] = [];
  const add = (change: ConfigChange): void => {
    if (changes.some((each) => each.name === change.name)) problems.push(`setting '${change.name}' is given twice`);
    else changes.push(change);
  };
  for (const text of assignments) {
    const at = text.indexOf('=');
    const name = text.slice(0, Math.max(at, 0)).trim();
    if (at < 0) problems.push(`--config '${text}' has no '='; write --config ${text}=VALUE`);
    else if (name === '') problems.push(`--config '${text}' has no name before '='`);
    else add({ name, value: text.slice(at + 1) });
  }
  for (const text of deletions) {
    const name = text.trim();
    if (name === '' || name.includes('=')) problems.push(`--delete-config '${text}' is not the name of a setting`);
    else add({ name, value: undefined });
  }
  if (problems.length > 0) throw new CliError('usage', problems.join('\n'));
  return changes;
}
