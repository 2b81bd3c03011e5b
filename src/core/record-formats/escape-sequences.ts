import { CliError } from '../errors.js';

const named: Readonly<Record<string, number>> = { n: 0x0a, t: 0x09, r: 0x0d, '0': 0x00, '\\': 0x5c };
const encoder = new TextEncoder();

/**
 * The bytes of a command-line text in which `\n`, `\t`, `\r`, `\0`, `\\` and `\xNN` (one byte) are escapes.
 *
 * @param what how an error names the text, for example `--key-separator`
 * @throws CliError `usage` at an escape that is none of these, quoting it
 */
export function parseEscapes(text: string, what: string): Uint8Array {
  const bytes: number[] = [];
  let index = 0;
  while (index < text.length) {
    const next = text.indexOf('\\', index);
    const plain = text.slice(index, next < 0 ? text.length : next);
    bytes.push(...encoder.encode(plain));
    if (next < 0) break;
    const escape = readEscape(text, next, what);
    bytes.push(escape.byte);
    index = next + escape.length;
  }
  return Uint8Array.from(bytes);
}

/**
 * The byte that the escape at `text[start]` (a backslash) stands for, and how many characters it takes.
 *
 * @throws CliError `usage` when it is no known escape
 */
export function readEscape(text: string, start: number, what: string): { readonly byte: number; readonly length: number } {
  const letter = text[start + 1];
  const byte = letter === undefined ? undefined : named[letter];
  if (byte !== undefined) return { byte, length: 2 };
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(text.slice(start, start + 4))?.[1];
  if (hex !== undefined) return { byte: Number.parseInt(hex, 16), length: 4 };
  const shown = letter === 'x' ? text.slice(start, start + 4) : text.slice(start, start + 2);
  throw new CliError('usage', `${what} '${text}': '${shown}' is no escape sequence`, {
    hint: 'use \\n, \\t, \\r, \\0, \\\\ or \\xNN with two hexadecimal digits',
  });
}
