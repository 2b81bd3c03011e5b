const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

/** The 32-bit hash by which Java's producer spreads keys over partitions (Murmur 2), of the bytes from `start` to before `end`. */
export function murmur2(source: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const byte = (at: number): number => source[at] ?? 0;
  let hash = seed ^ length;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    let word = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    word = Math.imul(word, multiplier);
    word ^= word >>> 24;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  const rest = end - at;
  if (rest === 3) hash ^= byte(at + 2) << 16;
  if (rest >= 2) hash ^= byte(at + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ byte(at), multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}
