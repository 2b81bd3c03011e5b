import { JavaError } from './java-error.js';

const dayMs = 86_400_000;
const expression = /^[ \t]*(\d+)-[ \t]*(\d+)-[ \t]*(\d+)T[ \t]*(\d+):[ \t]*(\d+):[ \t]*(\d+)\.[ \t]*(\d+)[ \t]*(?=(.*))/;
// With a colon first: what follows one that is no minute is ignored, like any text at the end.
const zones = [/^(?:Z|([+-])(\d\d):(\d\d))/, /^(?:Z|([+-])(\d\d))/];

/**
 * Milliseconds since the epoch of a text like `2024-01-31T10:11:12.345`, read as Kafka's tools do: UTC unless a zone follows,
 * milliseconds required and a number of their own (`.5` are 5), blanks before numbers and anything after the end ignored.
 *
 * @throws JavaError `ParseException`
 */
export function parseDateTime(text: string): number {
  const parts = text.replace(/T+$/, '').split('T');
  const [, second] = parts;
  if (second === undefined) throw parseException("Error parsing timestamp. It does not contain a 'T' according to ISO8601 format");
  const zoned = /[+\-Z]/.test(second) ? text : `${text}Z`;
  const [matched, ...fields] = expression.exec(zoned) ?? [];
  const time = matched === undefined ? undefined : timeOf(fields.slice(0, 7).map(Number));
  for (const zone of time === undefined ? [] : zones) {
    const offset = offsetOf(zone.exec(fields[7] ?? ''));
    if (time !== undefined && offset !== undefined) return time - offset;
  }
  throw parseException(`Unparseable date: "${zoned}"`);
}

function parseException(message: string): JavaError {
  return new JavaError('java.text.ParseException', message);
}

function timeOf([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0]: number[]): number | undefined {
  if (hour > 23 || minute > 59 || second > 59 || ms > 999) return undefined;
  const days = dayOf(year, month, day);
  return days === undefined ? undefined : days * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

/** Days since the epoch; undefined for a day that the calendar does not have. Java's changes from Julian to Gregorian in 1582. */
function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 292_278_994 || month < 1 || month > 12 || day < 1) return undefined;
  const order = year * 10_000 + month * 100 + day;
  const isGregorian = order >= 15_821_015;
  if (!isGregorian && order > 15_821_004) return undefined;
  const isLeap = year % 4 === 0 && (!isGregorian || year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > length) return undefined;
  // Years that begin in March have their leap day at the end.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const centuries = isGregorian ? Math.floor(shifted / 400) - Math.floor(shifted / 100) : -2;
  return shifted * 365 + Math.floor(shifted / 4) + centuries + dayOfYear - 719_468;
}

/** Milliseconds east of UTC; undefined where the text names no zone, or one that Java's calendar does not have. */
function offsetOf(match: RegExpExecArray | null): number | undefined {
  if (match === null) return undefined;
  const [, sign = '+', hours = '0', minutes = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return offset > 14 * 60 || offset < -13 * 60 ? undefined : offset * 60_000;
}
