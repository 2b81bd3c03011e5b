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

/** Copies `source[start, end)` to `target` from `at` on, four bytes at a time. Both must hold the range; they must not overlap. */
export function copyWords(source: WordView, start: number, end: number, target: WordView, at: number): void {
  const { words: from, bytes } = source;
  const { words: to } = target;
  let index = start;
  let position = at;
  for (; index <= end - 4; index += 4, position += 4) to.setInt32(position, from.getInt32(index));
  for (; index < end; index++) target.bytes[position++] = bytes[index] as number; // within its range
}
