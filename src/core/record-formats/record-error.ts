/** Bytes of the input that are no record. Says what is wrong, not where: the reader of lines knows file and line. */
export class RecordSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RecordSyntaxError';
  }
}

const shownBytes = 60;

/** The start of a line as error messages quote it; bytes that are no text become U+FFFD. */
export function quoteLine(source: Uint8Array, start: number, end: number): string {
  const isCut = end - start > shownBytes;
  const text = new TextDecoder().decode(source.subarray(start, isCut ? start + shownBytes : end));
  return `'${text}${isCut ? '...' : ''}'`;
}

/** A piece of a line, and the line's own number. */
export interface LinePiece {
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly tag: number;
}

/** How a parser of lines words what it refuses. */
export interface LineTexts {
  /** `piece` is the whole line; what is missing was looked for behind `from`. */
  missing(what: 'headers delimiter' | 'key separator', piece: LinePiece & { readonly from: number }): string;
  /** A header without a separator between key and value. */
  unpaired(pair: LinePiece): string;
  /** A header whose key is the null marker. */
  nullKey(): string;
}

/** The words that kafkit itself uses. */
export const ownLineTexts: LineTexts = {
  missing: (what, { source, from, end }) => `no ${what} found in ${quoteLine(source, from, end)}`,
  unpaired: ({ source, start, end }) => `no separator between key and value in header ${quoteLine(source, start, end)}`,
  nullKey: () => 'the key of a header is the null marker; a key cannot be null',
};
