import { JavaError } from './java-error.js';

const expression =
  /^([-+]?)P(?:([-+]?[0-9]+)D)?(T(?:([-+]?[0-9]+)H)?(?:([-+]?[0-9]+)M)?(?:([-+]?[0-9]+)(?:[.,]([0-9]{0,9}))?S)?)?$/i;
const unparsable = 'Text cannot be parsed to a Duration';
const nanos = 1_000_000_000n;
// The bounds of java.time.Instant, in seconds since the epoch.
const firstSecond = -31_557_014_167_219_200n;
const lastSecond = 31_556_889_864_403_199n;

/**
 * Nanoseconds of an ISO 8601 duration, as Java's `Duration.parse` reads it: days of 24 hours, hours, minutes and seconds.
 *
 * @throws JavaError `DateTimeParseException`
 */
export function parseJavaDuration(text: string): bigint {
  const [matched, sign, days, time, hours, minutes, seconds, fraction = ''] = expression.exec(text) ?? [];
  if (matched === undefined || time?.length === 1 || (days ?? time) === undefined) throw parseException(unparsable);
  const whole =
    part(days, 86_400n, 'days') + part(hours, 3600n, 'hours') + part(minutes, 60n, 'minutes') + part(seconds, 1n, 'seconds');
  if (BigInt.asIntN(64, whole) !== whole) throw parseException(`${unparsable}: overflow`);
  const rest = BigInt(fraction.padEnd(9, '0')) * (seconds?.startsWith('-') === true ? -1n : 1n);
  const total = whole * nanos + rest;
  return sign === '-' ? -total : total;
}

function part(text: string | undefined, seconds: bigint, name: string): bigint {
  if (text === undefined) return 0n;
  const value = BigInt(text.replace('+', '')) * seconds;
  if (BigInt.asIntN(64, value) !== value) throw parseException(`${unparsable}: ${name}`);
  return value;
}

function parseException(message: string): JavaError {
  return new JavaError('java.time.format.DateTimeParseException', message);
}

/**
 * The time that lies a duration before another, both in milliseconds since the epoch.
 *
 * @throws JavaError for a time that Java cannot hold
 */
export function timeBefore(nowMs: number, durationNanos: bigint): bigint {
  const time = BigInt(nowMs) * 1_000_000n - durationNanos;
  const second = floorDivide(time, nanos);
  if (second < firstSecond || second > lastSecond)
    throw new JavaError('java.time.DateTimeException', 'Instant exceeds minimum or maximum instant');
  const ms = floorDivide(time, 1_000_000n);
  if (BigInt.asIntN(64, ms) !== ms) throw new JavaError('java.lang.ArithmeticException', 'long overflow');
  return ms;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
