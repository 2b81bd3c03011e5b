import { Pair, parseLines } from 'dot-properties';

/** What a `.properties` file says, in its order; of a key given twice the last value counts, as in Java. */
export interface PropertiesFile {
  readonly values: ReadonlyMap<string, string>;
  /** The line of each key, from 1. */
  readonly lines: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/**
 * Reads Java's `.properties` format as Java does: ISO-8859-1 with \uXXXX escapes, continued lines, and blanks at the end of a
 * value kept.
 */
export function parsePropertiesFile(bytes: Uint8Array): PropertiesFile {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  const text = Buffer.from(bytes).toString('latin1');
  const lineAt = lineCounter(text);
  for (const node of parseLines(text, true)) {
    if (!(node instanceof Pair)) continue;
    values.set(node.key, node.value);
    lines.set(node.key, lineAt(node.range[0]));
  }
  return { values, lines, warnings: looksLikeUtf8(bytes) ? [utf8Warning] : [] };
}

/** Numbers of lines by their place in the text, which must be asked for in rising order. */
function lineCounter(text: string): (place: number) => number {
  const ends = text.matchAll(/\r\n|\r|\n/g);
  let line = 1;
  let next = ends.next();
  return (place) => {
    for (; next.done !== true && next.value.index < place; next = ends.next()) line += 1;
    return line;
  };
}

const utf8Warning = 'has UTF-8 letters, which Kafka (and kafkit) read as ISO-8859-1; write them as \\uXXXX';

/** Bytes above ASCII that happen to be sound UTF-8 were hardly meant as ISO-8859-1. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  if (!bytes.some((byte) => byte >= 0x80)) return false;
  return !Buffer.from(bytes).toString('utf8').includes('\ufffd');
}

/** The bytes behind a byte order mark, with a warning for one: Java takes it for a part of the first key, which is then lost. */
export function passByteOrderMark(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly warnings: readonly string[] } {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (!hasMark) return { bytes, warnings: [] };
  return { bytes: bytes.subarray(3), warnings: ['begins with a byte order mark, with which Kafka does not find the first key'] };
}
