import { CliError } from '../errors.js';

/** Where in a partition to start or stop, before its offsets are known. */
export type OffsetTarget =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  | { readonly kind: 'offset'; readonly offset: bigint }
  /** That many offsets before the end. */
  | { readonly kind: 'from-end'; readonly count: bigint }
  /** The last so many records, however many offsets they take; the offset of the first of them has to be looked for. */
  | { readonly kind: 'tail'; readonly count: bigint }
  /** The first record at or after this time, in milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly timestamp: number };

const maxOffset = 2n ** 63n - 1n;

/**
 * The target of an argument like `42`, `earliest`, `latest` (also `beginning`, `end`) or `end-10`.
 *
 * @param what how an error names the text, for example `--offset`
 * @throws CliError `usage`, quoting the text
 */
export function parseOffsetTarget(text: string, what: string): OffsetTarget {
  const word = text.toLowerCase();
  if (word === 'earliest' || word === 'beginning') return { kind: 'earliest' };
  if (word === 'latest' || word === 'end') return { kind: 'latest' };
  const fromEnd = /^(?:end|latest)-(\d{1,19})$/.exec(word)?.[1];
  if (fromEnd !== undefined) return { kind: 'from-end', count: BigInt(fromEnd) };
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= maxOffset) return { kind: 'offset', offset: BigInt(text) };
  throw new CliError('usage', `${what} '${text}' is no offset`, { hint: 'write a number, earliest, latest or end-N' });
}
