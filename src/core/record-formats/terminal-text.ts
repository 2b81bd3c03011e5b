import { decodeSequence, utf8SequenceLength } from './utf8.js';
import type { ByteBuffer } from './byte-buffer.js';

const newline = 0x0a;
const tab = 0x09;

/** How the bytes of a key, value or header are put into the output. */
export type BytesWriter = (output: ByteBuffer, source: Uint8Array, start: number, end: number) => void;

/** Writes bytes as they are. */
export const writeRaw: BytesWriter = (output, source, start, end) => output.range(source, start, end);

/**
 * Writes bytes so that they cannot drive a terminal: control characters as `\xNN`, characters that reorder or hide text as
 * `\uNNNN`, and bytes that are no UTF-8 as `\xNN`. Line feeds and tabs stay, since they only move on.
 */
export const writeTerminalSafe: BytesWriter = (output, source, start, end) => {
  let plainStart = start;
  let index = start;
  while (index < end) {
    const byte = source[index] as number; // inside the source
    if ((byte >= 0x20 && byte < 0x7f) || byte === newline || byte === tab) {
      index++;
      continue;
    }
    const length = utf8SequenceLength(source, index, end);
    const escape = length === 0 ? hexByte(byte) : escapeOf(length === 1 ? byte : decodeSequence(source, index, length));
    if (escape !== undefined) {
      output.range(source, plainStart, index);
      output.ascii(escape);
      plainStart = index + Math.max(length, 1);
    }
    index += Math.max(length, 1);
  }
  output.range(source, plainStart, end);
};

function escapeOf(code: number): string | undefined {
  if (code < 0xa0) return code < 0x80 ? hexByte(code) : hexCharacter(code);
  return reordersText(code) ? hexCharacter(code) : undefined;
}

/** Whether a character changes the direction of text, breaks lines or is not to be seen; above the control characters. */
export function reordersText(code: number): boolean {
  const isMark = (code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return isMark || code === 0xfeff;
}

function hexByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

function hexCharacter(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
