import ms from 'ms';
import { CliError } from '../core/errors.js';

const example = 'write a number with a unit: 500ms, 30s, 5m, 1.5h, 7d';
const longestTimer = 2 ** 31 - 1;

/**
 * Milliseconds of a duration such as `30s` or `1.5h`, given to the option named.
 *
 * @throws CliError `usage` for anything else: a number without a unit (seconds or milliseconds?), a negative one, one past 24 days
 */
export function parseDuration(text: string, option: string): number {
  const trimmed = text.trim();
  if (/^[\d.]+$/.test(trimmed)) {
    throw new CliError('usage', `${option} '${text}' has no unit`, { hint: `${option} ${trimmed}s is ${trimmed} seconds` });
  }
  // ms() promises a number, gives undefined for text it does not know, and throws for empty text.
  const parsed: number | undefined = trimmed === '' ? undefined : ms(trimmed as ms.StringValue);
  if (parsed === undefined || Number.isNaN(parsed) || parsed <= 0) {
    throw new CliError('usage', `${option} '${text}' is not a duration`, { hint: example });
  }
  if (parsed > longestTimer) throw new CliError('usage', `${option} '${text}' is more than 24 days`, { hint: example });
  return Math.ceil(parsed);
}
