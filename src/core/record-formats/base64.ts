import type { ByteBuffer } from './byte-buffer.js';

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;
const invalid = 0xff;

const valueOf = new Uint8Array(256).fill(invalid);
for (const [value, character] of alphabet.entries()) valueOf[character] = value;

/** Appends `source[start, end)` in base64 with padding (RFC 4648, section 4). */
export function writeBase64(output: ByteBuffer, source: Uint8Array, start: number, end: number): void {
  output.reserve(Math.ceil((end - start) / 3) * 4);
  const { bytes } = output;
  let at = output.length;
  for (let index = start; index < end; index += 3) {
    const left = end - index;
    const group =
      (byteAt(source, index) << 16) | (left > 1 ? byteAt(source, index + 1) << 8 : 0) | (left > 2 ? byteAt(source, index + 2) : 0);
    bytes[at++] = byteAt(alphabet, group >> 18);
    bytes[at++] = byteAt(alphabet, (group >> 12) & 0x3f);
    bytes[at++] = left > 1 ? byteAt(alphabet, (group >> 6) & 0x3f) : padding;
    bytes[at++] = left > 2 ? byteAt(alphabet, group & 0x3f) : padding;
  }
  output.length = at;
}

function byteAt(source: Uint8Array, index: number): number {
  return source[index] as number; // callers stay inside the array
}

/**
 * Appends the bytes that the base64 text `source[start, end)` stands for. Strict: padding is required and unused bits are zero,
 * so that no two texts mean the same bytes.
 *
 * @returns whether the text was base64; the output is unspecified when it was not
 */
export function readBase64(output: ByteBuffer, source: Uint8Array, start: number, end: number): boolean {
  if ((end - start) % 4 !== 0) return false;
  let last = end;
  while (last > start && end - last < 2 && source[last - 1] === padding) last--;
  output.reserve(((end - start) / 4) * 3);
  let bits = 0;
  let count = 0;
  for (let index = start; index < last; index++) {
    const value = byteAt(valueOf, byteAt(source, index));
    if (value === invalid) return false;
    bits = ((bits << 6) | value) & 0xfff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      output.bytes[output.length++] = (bits >> count) & 0xff;
    }
  }
  return (bits & ((1 << count) - 1)) === 0;
}
