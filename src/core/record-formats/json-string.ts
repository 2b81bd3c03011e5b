import { writeBase64 } from './base64.js';
import { reordersText } from './terminal-text.js';
import { decodeSequence, utf8SequenceLength } from './utf8.js';
import type { ByteBuffer } from './byte-buffer.js';

const quote = 0x22;
const backslash = 0x5c;
const hexDigits = new TextEncoder().encode('0123456789abcdef');

/** 1 where a byte stands for itself inside a JSON string, whatever stands next to it. */
const isPlain = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte++) isPlain[byte] = byte === quote || byte === backslash ? 0 : 1;

const shortEscapes = new Map([
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [quote, '"'],
  [backslash, '\\'],
]);

/**
 * Appends a JSON member holding `source[start, end)`: `"name":"text"` where the bytes are UTF-8, `"nameBase64":"..."` where they
 * are not, `"name":null` where `start` is -1. Control characters, DEL and the C1 controls among them, and those that reorder or hide
 * text are always escaped.
 */
export function writeBytesMember(output: ByteBuffer, name: string, source: Uint8Array, start: number, end: number): void {
  output.byte(quote);
  output.ascii(name);
  if (start < 0) return output.ascii('":null');
  const afterName = output.length;
  output.ascii('":"');
  if (!writeText(output, source, start, end)) {
    output.length = afterName;
    output.ascii('Base64":"');
    writeBase64(output, source, start, end);
  }
  output.byte(quote);
}

/** Appends a JSON string of text. */
export function writeJsonText(output: ByteBuffer, text: string): void {
  const bytes = new TextEncoder().encode(text);
  output.byte(quote);
  writeText(output, bytes, 0, bytes.length);
  output.byte(quote);
}

/** @returns whether the bytes were UTF-8; otherwise what was appended is only a part of them */
function writeText(output: ByteBuffer, source: Uint8Array, start: number, end: number): boolean {
  let index = start;
  while (index < end) {
    index = copyPlain(output, source, index, end);
    if (index === end) return true;
    const length = utf8SequenceLength(source, index, end);
    if (length === 0) return false;
    writeSpecial(output, source, index, length);
    index += length;
  }
  return true;
}

/** Copies bytes up to the first that needs a look, and returns where that is. */
function copyPlain(output: ByteBuffer, source: Uint8Array, start: number, end: number): number {
  output.reserve(end - start);
  const { bytes, words } = output;
  const from = output.wordsOf(source);
  let at = output.length;
  let index = start;
  for (; index <= end - 4; index += 4, at += 4) {
    const word = from.getInt32(index);
    if (needsLook(word) !== 0) break;
    words.setInt32(at, word);
  }
  for (; index < end; index++) {
    const byte = source[index] as number; // inside the source
    if (isPlain[byte] === 0) break;
    bytes[at++] = byte;
  }
  output.length = at;
  return index;
}

/**
 * Not 0 when one of the word's four bytes is not plain. Each subtraction sets the top bit of a byte that is below 0x20, a quote,
 * a backslash or DEL; a borrow can only set more bits, and then the bytes are looked at one by one.
 */
function needsLook(word: number): number {
  const low = word - 0x20202020;
  const quotes = (word ^ 0x22222222) - 0x01010101;
  const backslashes = (word ^ 0x5c5c5c5c) - 0x01010101;
  const deletes = (word ^ 0x7f7f7f7f) - 0x01010101;
  return (word | low | quotes | backslashes | deletes) & 0x80808080;
}

function writeSpecial(output: ByteBuffer, source: Uint8Array, at: number, length: number): void {
  // The characters that reorder or hide text take three bytes, the first of them one of these.
  const isCandidate = length <= 2 || (length === 3 && (source[at] === 0xe2 || source[at] === 0xef));
  const code = isCandidate ? decodeCharacter(source, at, length) : -1;
  if (reordersText(code)) return output.ascii(`\\u${code.toString(16)}`);
  if (code < 0 || code > 0x9f) return output.range(source, at, at + length);
  const letter = shortEscapes.get(code);
  output.byte(backslash);
  if (letter !== undefined) return output.ascii(letter);
  output.ascii('u00');
  output.byte(hexDigits[code >> 4] as number); // code is below 0xa0
  output.byte(hexDigits[code & 0xf] as number);
}

function decodeCharacter(source: Uint8Array, at: number, length: number): number {
  return length === 1 ? (source[at] as number) : decodeSequence(source, at, length); // inside the source
}
