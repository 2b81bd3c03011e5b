import { CliError } from '../errors.js';
import { formatTime } from '../format-time.js';
import { parseDuration } from '../parse-duration.js';
import { parseIsoTime } from './parse-iso-time.js';

/** What to tell whoever wrote a time; see {@link describeTime}. */
export interface TimeNotices {
  /** The text names no time zone. */
  readonly zone?: string;
  /** Which moment the text was taken for, where it does not say so itself. */
  readonly resolved?: string;
  readonly future?: string;
}

const longestSeconds = 9_007_199_254_740;

/**
 * A moment in milliseconds since the epoch, negative before 1970, written as that number (13 digits), as `@SECONDS`, as an ISO 8601
 * date or time (UTC where it names no zone, as in Kafka's own tools), as `now`, or as `-1h` or `1h ago`: that long before `now`.
 * All commands read times by this.
 *
 * A number that has not as many digits as milliseconds have in these centuries is refused where it could be anything else: `date +%s`
 * counts seconds, and a reset to 1970 instead of today reads everything again.
 *
 * @param what how an error names the text, for example `--from-time`
 * @throws CliError `usage`, quoting the text
 */
export function parseTime(text: string, now: number, what: string): number {
  return momentOf(text, now, what).timestamp;
}

/**
 * What whoever wrote a time should know of how it was read.
 *
 * @throws CliError as {@link parseTime}
 */
export function describeTime(text: string, now: number, what: string): TimeNotices {
  const { timestamp, form } = momentOf(text, now, what);
  const zone = `'${text}' names no time zone and is taken as UTC, as Kafka does (${formatTime(timestamp)}); add Z or +02:00 to say it yourself`;
  return {
    ...(form === 'zoneless' && { zone }),
    ...(form === 'other' && { resolved: `${what} '${text}' is ${formatTime(timestamp)}` }),
    ...(timestamp > now && { future: `warning: ${what} '${text}' lies in the future` }),
  };
}

interface Found {
  readonly timestamp: number;
  /** A zoned time says its moment to everybody, one without a zone to those who live in the same. */
  readonly form: 'zoned' | 'zoneless' | 'other';
}

function momentOf(text: string, now: number, what: string): Found {
  if (/^\d+$/.test(text)) return { timestamp: milliseconds(text, what), form: 'other' };
  if (text.startsWith('@')) return { timestamp: seconds(text, what), form: 'other' };
  const word = text.toLowerCase();
  if (word === 'now') return { timestamp: now, form: 'other' };
  const iso = parseIsoTime(text);
  if (typeof iso === 'object') return { timestamp: iso.timestamp, form: iso.isZoned ? 'zoned' : 'zoneless' };
  const length = /^-(.*)$/s.exec(text)?.[1] ?? /^(\S+) ago$/.exec(text)?.[1];
  if (length !== undefined) return { timestamp: before(now, length, what), form: 'other' };
  throw new CliError('usage', `${what} '${text}' is no time`, { hint: iso ?? hintFor(word, what) });
}

function before(now: number, length: string, what: string): number {
  if (/^\d+$/.test(length)) {
    const offers = ['ms', 's', 'h', 'd'].map((unit) => `-${length}${unit}`);
    throw new CliError('usage', `${what} '-${length}' has no unit`, {
      hint: `write ${what} ${offers.slice(0, 3).join(', ')} or ${offers.at(-1) ?? ''}`,
    });
  }
  const timestamp = now - parseDuration(length, what);
  if (Number.isSafeInteger(timestamp)) return timestamp;
  throw new CliError('usage', `${what} '${length}' is longer ago than times go`, {
    hint: 'for everything there is, name the start of the log',
  });
}

/** Milliseconds have 13 digits from 2001 to 2286; short numbers are plainly no time of a real record. */
function milliseconds(text: string, what: string): number {
  const timestamp = Number(text);
  if (text.length === 13) return timestamp;
  const refuse = (message: string, hint: string): never => {
    throw new CliError('usage', `${what} '${text}' ${message}`, { hint });
  };
  const compactDate = /^(?:19|20|21)(\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
  if (compactDate) return refuse('could be a date', `write ${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}, or @${timestamp / 1000} for milliseconds`); // prettier-ignore
  if (text.length < 10) return timestamp;
  if (text.length === 10) return refuse(`looks like seconds, and milliseconds are meant by a plain number`, `write @${text} for ${formatTime(timestamp * 1000)}`); // prettier-ignore
  if (text.length < 13) return refuse(`is neither seconds nor milliseconds of these years`, `write @SECONDS, 13 digits of milliseconds or an ISO time; as milliseconds it is ${formatTime(timestamp)}, @${timestamp / 1000}`); // prettier-ignore
  return refuse(
    'is finer than milliseconds, or far in the future',
    `write 13 digits of milliseconds (${text.slice(0, 13)}), or @SECONDS`,
  );
}

function seconds(text: string, what: string): number {
  const [, sign = '', whole = '', fraction = ''] = /^@(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '')
    throw new CliError('usage', `${what} '${text}' is no time`, {
      hint: 'write @ and seconds since 1970: @1795951423, also @1795951423.5',
    });
  if (Number(whole) > longestSeconds) {
    throw new CliError('usage', `${what} '${text}' is too far away for a time in seconds`, {
      hint: 'without the @, a plain number is milliseconds',
    });
  }
  // The first three digits are milliseconds; what is finer lies within the one it belongs to.
  const isFiner = /[1-9]/.test(fraction.slice(3));
  const magnitude = Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return sign === '-' ? -magnitude - (isFiner ? 1 : 0) : magnitude;
}

function hintFor(word: string, what: string): string {
  if (['earliest', 'beginning', 'latest', 'end'].includes(word))
    return `it is a place in the log, for which there are flags of their own beside ${what}`;
  const format = 'write an ISO time (2026-11-21T08:00:00Z), a time ago (-1h), @SECONDS, or milliseconds since 1970';
  return /^[\d.]+[a-z]+$/.test(word) && !word.includes('-') ? `for a time ago write -${word}; or ${format.slice(6)}` : format;
}
