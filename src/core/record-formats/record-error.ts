import { CliError } from '../errors.js';

/** A line of input that is no record. What was read before it is good; the caller adds which line it was. */
export function recordError(line: number, problem: string, hint?: string): CliError {
  return new CliError('input', `line ${line}: ${problem}`, { hint });
}

const shownBytes = 60;

/** The start of a line as error messages quote it; bytes that are no text become U+FFFD. */
export function quoteLine(source: Uint8Array, start: number, end: number): string {
  const isCut = end - start > shownBytes;
  const text = new TextDecoder().decode(source.subarray(start, isCut ? start + shownBytes : end));
  return `'${text}${isCut ? '...' : ''}'`;
}
