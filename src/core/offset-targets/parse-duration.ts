import { CliError } from '../errors.js';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * The milliseconds of a duration such as `15s`, `1h30m`, `500ms` or `7d`; a bare number counts milliseconds.
 *
 * @param what how an error names the text, for example `--idle-timeout`
 * @throws CliError `usage`, quoting the text
 */
export function parseDuration(text: string, what: string): number {
  if (/^\d+$/.test(text)) return checked(Number(text), text, what);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(text)) throw invalid(text, what);
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (unitMs[unit ?? ''] ?? NaN); // the expression above allows known units only
  }
  return checked(Math.round(total), text, what);
}

function checked(milliseconds: number, text: string, what: string): number {
  if (!Number.isSafeInteger(milliseconds)) throw invalid(text, what);
  return milliseconds;
}

function invalid(text: string, what: string): CliError {
  return new CliError('usage', `${what} '${text}' is no duration`, { hint: 'write it as 15s, 500ms, 2m, 1h30m or 7d' });
}
