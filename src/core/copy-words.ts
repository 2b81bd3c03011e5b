/** Up to this many bytes, copying word by word beats making a view for `set`, and leaves no garbage. */
export const longestByWords = 256;

/** A byte array together with a view on it as words. */
export interface WordView {
  readonly bytes: Uint8Array;
  readonly words: DataView;
}

/** The same bytes as words. */
export function wordView(bytes: Uint8Array): WordView {
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/**
 * Copies `source[start, end)` to `target` from `at` on, four bytes at a time; the last four are copied together, whatever part of
 * them is there already. Both must hold the range; they must not overlap.
 */
export function copyWords(source: WordView, start: number, end: number, target: WordView, at: number): void {
  if (end - start < 4) return copyFew(source.bytes, start, end, target.bytes, at);
  const { words: from } = source;
  const { words: to } = target;
  let index = start;
  let position = at;
  for (; index <= end - 16; index += 16, position += 16) {
    to.setInt32(position, from.getInt32(index, true), true);
    to.setInt32(position + 4, from.getInt32(index + 4, true), true);
    to.setInt32(position + 8, from.getInt32(index + 8, true), true);
    to.setInt32(position + 12, from.getInt32(index + 12, true), true);
  }
  for (; index <= end - 4; index += 4, position += 4) to.setInt32(position, from.getInt32(index, true), true);
  to.setInt32(at + end - start - 4, from.getInt32(end - 4, true), true);
}

function copyFew(source: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  let position = at;
  for (let index = start; index < end; index++) target[position++] = source[index] as number; // within its range
}
