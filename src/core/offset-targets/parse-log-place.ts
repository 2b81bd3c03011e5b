import { CliError } from '../errors.js';
import { parseTime } from './parse-time.js';

const placeNames = ['earliest', 'latest', 'max-timestamp', 'earliest-local', 'latest-tiered', 'earliest-pending-upload'] as const;

/** A place in a partition's log that a broker can look up; `timestamp` is the first record at or after that time. */
export type LogPlace = { readonly kind: (typeof placeNames)[number] } | { readonly kind: 'timestamp'; readonly ms: bigint };

/**
 * The place that `earliest`, `latest`, `max-timestamp`, ... or a time names (see {@link parseTime}).
 *
 * @param what how an error names the text, for example `--time`
 * @throws CliError `usage`, quoting the text
 */
export function parseLogPlace(text: string, now: number, what: string): LogPlace {
  const kind = placeNames.find((name) => name === text.toLowerCase());
  if (kind !== undefined) return { kind };
  const word = placeNames[['-2', '-1', '-3', '-4', '-5', '-6'].indexOf(text)];
  if (word !== undefined) throw new CliError('usage', `${what} '${text}' could be a time ago`, { hint: `write ${what} ${word}` });
  if (/^[a-z-]+$/i.test(text) && text.toLowerCase() !== 'now') {
    throw new CliError('usage', `${what} '${text}' is no place`, {
      hint: `choose one of ${placeNames.join(', ')}, or write a time`,
    });
  }
  return { kind: 'timestamp', ms: BigInt(parseWrittenTime(text, now, what)) };
}

/**
 * A time as {@link parseTime} reads it, but only with a unit where it is a time ago: in Kafka's own tools -1 and -2 are the end
 * and the start, and a mistake about that must not choose a place.
 *
 * @throws CliError `usage`, quoting the text
 */
export function parseWrittenTime(text: string, now: number, what: string): number {
  if (/^-\d+$/.test(text)) {
    throw new CliError('usage', `${what} '${text}' has no unit`, {
      hint: `write ${what} ${text}ms, ${text}s, ${text}h or ${text}d`,
    });
  }
  return parseTime(text, now, what);
}
