import { CliError } from '../errors.js';
import { parseDuration } from '../parse-duration.js';

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A moment in milliseconds since the epoch, written as that number, as an ISO 8601 date or time (UTC where it names no zone, as
 * in Kafka's own tools), or as `-1h`: that long before `now`.
 *
 * @param what how an error names the text, for example `--from-time`
 * @throws CliError `usage`, quoting the text
 */
export function parseTime(text: string, now: number, what: string): number {
  if (/^\d+$/.test(text)) {
    const timestamp = Number(text);
    if (Number.isSafeInteger(timestamp)) return timestamp;
  } else if (text.startsWith('-')) {
    return Math.max(0, now - parseDuration(text.slice(1), what));
  } else {
    const timestamp = parseIso(text);
    if (timestamp !== undefined) return timestamp;
  }
  throw new CliError('usage', `${what} '${text}' is no time`, {
    hint: 'write milliseconds since 1970, an ISO time (2026-11-21T08:00:00Z) or a time ago (-1h)',
  });
}

function parseIso(text: string): number | undefined {
  const [, date, clock = '00:00', zone = 'Z'] = isoTime.exec(text) ?? [];
  if (date === undefined) return undefined;
  const zoned = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const timestamp = Date.parse(`${date}T${clock}${zoned}`);
  // Date.parse() turns 30 February into 2 March; a day that does not exist is a typing error.
  const isRealDay = new Date(`${date}T00:00Z`).getUTCDate() === Number(date.slice(8));
  return Number.isNaN(timestamp) || !isRealDay || timestamp < 0 ? undefined : timestamp;
}
