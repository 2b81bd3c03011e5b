import ms from 'ms';
import { CliError } from './errors.js';

const number = String.raw`\d+(?:\.\d+)?`;
// The library takes one amount and many spellings of its unit; which of them, in which order and how often, is checked here.
const compound = new RegExp(`^${['w', 'd', 'h', 'm', 's', 'ms'].map((unit) => `(${number}${unit})?`).join('')}$`);
const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d{1,9})?)S)?)?$/i;

// What 64 bits hold, as Kafka's own times; past 2^53 to the nearest number that can be told apart.
const longest = 2 ** 63;

/**
 * The milliseconds of a duration such as `15s`, `1.5h`, `1h30m` or `7d`: units from the largest to the smallest, each once, a
 * fraction only in the last. Also of an ISO 8601 one (`PT1H30M`, `P7D`, `PT0.5S`) without years and months, which have no fixed
 * length. Anything else is refused, a number without a unit among it: nobody knows whether it counts seconds or milliseconds.
 *
 * @param what how an error names the text, for example `--idle-timeout`
 * @throws CliError `usage`, quoting the text
 */
export function parseDuration(text: string, what: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    throw new CliError('usage', `${what} '${text}' has no unit`, { hint: `${what} ${text}s is ${text} seconds` });
  }
  const milliseconds = /^P/i.test(text) ? isoMilliseconds(text) : compoundMilliseconds(text);
  if (milliseconds !== undefined && milliseconds <= longest) return milliseconds;
  throw new CliError('usage', `${what} '${text}' is no duration`, {
    hint: 'write a number with a unit (500ms, 30s, 5m, 1.5h, 7d), 1h30m or PT1H30M',
  });
}

function compoundMilliseconds(text: string): number | undefined {
  const found: readonly (string | undefined)[] = compound.exec(text) ?? [];
  const parts = found.slice(1).filter((part) => part !== undefined);
  if (parts.length === 0 || parts.slice(0, -1).some((part) => part.includes('.'))) return undefined;
  // The expression above lets through what the library's type describes.
  return Math.round(parts.reduce((total, part) => total + ms(part as ms.StringValue), 0));
}

function isoMilliseconds(text: string): number | undefined {
  const [matched, weeks, days, time, hours, minutes, seconds] = iso.exec(text) ?? [];
  const timeParts = [hours, minutes, seconds].filter((part) => part !== undefined);
  const hasParts = timeParts.length > 0 || weeks !== undefined || days !== undefined;
  if (matched === undefined || !hasParts || (time !== undefined && timeParts.length === 0)) return undefined;
  const whole =
    ms(`${Number(weeks ?? 0)}w`) + ms(`${Number(days ?? 0)}d`) + ms(`${Number(hours ?? 0)}h`) + ms(`${Number(minutes ?? 0)}m`);
  return whole + Math.round(Number((seconds ?? '0').replace(',', '.')) * 1000);
}
