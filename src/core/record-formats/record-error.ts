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
