import { CliError } from '../core/errors.js';
import { parseDuration as parse } from '../core/parse-duration.js';

const longestInt32 = 2 ** 31 - 1;

/**
 * Milliseconds to wait that an option names ({@link parse}), at least 1; as long as anybody likes.
 *
 * @throws CliError `usage` for what is no duration, and for none at all
 */
export function parseDuration(text: string, option: string): number {
  const milliseconds = parse(text.trim(), option);
  if (milliseconds === 0) throw new CliError('usage', `${option} '${text}' is no time at all`);
  return milliseconds;
}

/**
 * The same for a time that is told to brokers, which count in 31 bits.
 *
 * @throws CliError `usage`
 */
export function parseBrokerDuration(text: string, option: string): number {
  const milliseconds = parseDuration(text, option);
  if (milliseconds > longestInt32) throw new CliError('usage', `${option} '${text}' is more than 24 days`);
  return milliseconds;
}
