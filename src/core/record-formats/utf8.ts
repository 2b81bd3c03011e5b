/**
 * The length of the well-formed UTF-8 sequence at `source[at]`, at most up to `end`; 0 when there is none (RFC 3629: no
 * overlong forms, no surrogates, nothing above U+10FFFF).
 */
export function utf8SequenceLength(source: Uint8Array, at: number, end: number): number {
  const first = source[at] as number; // callers stay below `end`
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return at + 1 < end && isContinuation(source[at + 1]) ? 2 : 0;
  const second = source[at + 1];
  if (first < 0xf0) {
    if (at + 2 >= end || !isContinuation(second) || !isContinuation(source[at + 2])) return 0;
    if (first === 0xe0 && (second as number) < 0xa0) return 0; // a continuation byte, checked just above
    return first === 0xed && (second as number) > 0x9f ? 0 : 3; // likewise
  }
  if (at + 3 >= end || !isContinuation(second) || !isContinuation(source[at + 2]) || !isContinuation(source[at + 3])) return 0;
  if (first === 0xf0 && (second as number) < 0x90) return 0; // likewise
  return first === 0xf4 && (second as number) > 0x8f ? 0 : 4; // likewise
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** The character of a well-formed sequence of two to four bytes. */
export function decodeSequence(source: Uint8Array, at: number, length: number): number {
  let code = (source[at] as number) & (0xff >> (length + 1)); // callers pass what utf8SequenceLength() found
  for (let index = 1; index < length; index++) code = (code << 6) | ((source[at + index] as number) & 0x3f); // likewise
  return code;
}
