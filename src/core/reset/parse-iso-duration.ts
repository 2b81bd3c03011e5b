import { CliError } from '../errors.js';

const expression = /^P(?:(\d+)W)?(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d{1,9})?)S)?)?$/i;

/**
 * The milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P7D`, `PT1H30M`, `P1DT0.5S`). Years and
 * months are refused, as in Kafka's tools: they have no fixed length.
 *
 * @param what how an error names the text, for example `--by-duration`
 * @throws CliError `usage`, quoting the text
 */
export function parseIsoDuration(text: string, what: string): number {
  const [matched, weeks, days, time, hours, minutes, seconds] = expression.exec(text) ?? [];
  const dayParts = [weeks, days];
  const timeParts = [hours, minutes, seconds];
  const isWhole = time === undefined || timeParts.some((part) => part !== undefined);
  if (matched === undefined || !isWhole || [...dayParts, ...timeParts].every((part) => part === undefined))
    throw invalid(text, what);
  const milliseconds =
    Number(weeks ?? 0) * 604_800_000 +
    Number(days ?? 0) * 86_400_000 +
    Number(hours ?? 0) * 3_600_000 +
    Number(minutes ?? 0) * 60_000 +
    Math.round(Number((seconds ?? '0').replace(',', '.')) * 1000);
  if (!Number.isSafeInteger(milliseconds)) throw invalid(text, what);
  return milliseconds;
}

function invalid(text: string, what: string): CliError {
  return new CliError('usage', `${what} '${text}' is no duration`, { hint: 'write it as PT1H30M, P7D, 1h30m or 7d' });
}
