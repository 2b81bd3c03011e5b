/** What a `.properties` file says, in its order; of a key given twice the last value counts, as in Java. */
export interface PropertiesFile {
  readonly values: ReadonlyMap<string, string>;
  /** The line of each key, from 1. */
  readonly lines: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
}

/** A `\u` that no four hexadecimal digits follow, which makes the whole file unreadable to Java; names the line, from 1. */
export class MalformedEscape extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} has a \\u without four hexadecimal digits after it`);
    this.name = 'MalformedEscape';
    this.line = line;
  }
}

/**
 * Reads Java's `.properties` format as Java does: ISO-8859-1 with \uXXXX escapes, continued lines, and blanks at the end of a
 * value kept.
 *
 * @throws MalformedEscape
 */
export function parsePropertiesFile(bytes: Uint8Array): PropertiesFile {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const { text, line } of logicalLines(Buffer.from(bytes).toString('latin1'))) {
    const [, rawKey = '', rawValue = ''] = entry.exec(text) ?? [];
    const key = unescape(rawKey, line);
    values.set(key, unescape(rawValue, line));
    lines.set(key, line);
  }
  return { values, lines, warnings: looksLikeUtf8(bytes) ? [utf8Warning] : [] };
}

interface LogicalLine {
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** The lines that say something, each joined with those that it goes on in. */
function* logicalLines(text: string): Generator<LogicalLine> {
  const natural = text.split(/\r\n|\r|\n/).map(withoutIndentation);
  for (let at = 0; at < natural.length; at++) {
    const line = at + 1;
    let joined = natural[at] ?? '';
    // Where nothing was said yet, the next line is the first one, which may also be a comment.
    if (joined === '\\' || /^[#!]/.test(joined)) continue;
    while (goesOn.test(joined)) joined = joined.slice(0, -1) + (natural[++at] ?? '');
    if (joined !== '') yield { text: joined, line };
  }
}

/** A backslash at the end that is not itself escaped. */
const goesOn = /(?<!\\)(?:\\\\)*\\$/;

function withoutIndentation(line: string): string {
  return line.replace(/^[ \t\f]+/, '');
}

/** The key ends at the first blank or separator that is not escaped; around the separator there may be blanks. */
const entry = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(.*)$/s;

const letters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(raw: string, line: number): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, digits: string | undefined, letter: string) => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    if (letter === 'u') throw new MalformedEscape(line);
    return letters[letter] ?? letter;
  });
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
