import { InvalidArgumentError } from 'commander';

const largestInt32 = 2_147_483_647;

/** A parser for an option that takes a whole number of at least 1 (an int32 on the wire). */
export function parseCount(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= largestInt32) return value;
  throw new InvalidArgumentError('A whole number from 1 is needed.');
}

/** A parser for an option that takes a whole number from 0 (an int32 on the wire). */
export function parseWhole(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= largestInt32) return value;
  throw new InvalidArgumentError('A whole number from 0 is needed.');
}

/** A parser for an option that may be given several times. */
export function collect(text: string, previous: readonly string[] = []): string[] {
  return [...previous, text];
}
