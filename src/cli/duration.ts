import { CliError } from '../core/errors.js';
import { parseDuration as parse } from '../core/parse-duration.js';

const longestTimer = 2 ** 31 - 1;

/**
 * Milliseconds to wait that an option names ({@link parse}), at least 1.
 *
 * @throws CliError `usage` for what is no duration, for none at all, and for one past 24 days, which no timer can wait
 */
export function parseDuration(text: string, option: string): number {
  const milliseconds = parse(text.trim(), option);
  if (milliseconds === 0) throw new CliError('usage', `${option} '${text}' is no time at all`);
  if (milliseconds > longestTimer) throw new CliError('usage', `${option} '${text}' is more than 24 days`);
  return milliseconds;
}
