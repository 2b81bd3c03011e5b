import type { BytesWriter } from './terminal-text.js';
import { utf8SequenceLength } from './utf8.js';

/** U+FFFD in UTF-8. */
const replacement = Uint8Array.of(0xef, 0xbf, 0xbd);

/** Writes bytes as Java does after it has read them as UTF-8 text: each malformed sequence as U+FFFD, the rest as it is. */
export const writeJavaText: BytesWriter = (output, source, start, end) => {
  let from = start;
  for (let at = start; at < end;) {
    const length = utf8SequenceLength(source, at, end);
    if (length > 0) {
      at += length;
      continue;
    }
    output.range(source, from, at);
    output.all(replacement);
    at += malformedLength(source, at, end);
    from = at;
  }
  output.range(source, from, end);
};

/** How many bytes one U+FFFD stands for: unlike elsewhere, a surrogate in three bytes counts as one. */
function malformedLength(source: Uint8Array, at: number, end: number): number {
  const first = source[at] as number; // callers stay below `end`
  const expected = first >= 0xe0 && first <= 0xf4 ? (first < 0xf0 ? 3 : 4) : 1;
  let length = 1;
  while (length < expected && at + length < end && isPossible(source, at, length)) length++;
  return length;
}

function isPossible(source: Uint8Array, at: number, index: number): boolean {
  const first = source[at] as number; // the caller is inside the source
  const byte = source[at + index] as number; // likewise
  if (index === 1 && first === 0xe0 && byte < 0xa0) return false;
  if (index === 1 && first === 0xf0 && byte < 0x90) return false;
  if (index === 1 && first === 0xf4 && byte > 0x8f) return false;
  return (byte & 0xc0) === 0x80;
}

/** Where a sequence begins that the end of `source` may have cut short; its length when there is none. */
export function cutSequenceStart(source: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= source.length; back++) {
    const byte = source[source.length - back] as number; // inside the source
    if ((byte & 0xc0) === 0x80) continue;
    const expected = byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1;
    return expected > back ? source.length - back : source.length;
  }
  return source.length;
}
