const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** The 32-bit murmur2 hash of `bytes[start, end)` with the seed of Kafka's Java client, as a signed number. */
export function murmur2(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  const length = end - start;
  let hash = SEED ^ length;
  let position = start;
  for (const whole = start + (length & ~3); position < whole; position += 4) {
    let word = Math.imul(littleEndian(bytes, position, 4), MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  if (position < end) hash = Math.imul(hash ^ littleEndian(bytes, position, end - position), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) value = (value << 8) | (bytes[at + index] as number); // the caller's loop is the bound
  return value;
}

/** The partition of a key's hash as Java's client has it: the sign bit is dropped, not the sign. */
export function partitionOfHash(hash: number, partitionCount: number): number {
  return (hash & 0x7fffffff) % partitionCount;
}
