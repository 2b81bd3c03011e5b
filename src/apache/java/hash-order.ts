import { HashTable } from './hash-table.js';

/** The slots that Java's `HashMap` starts with. */
const defaultCapacity = 16;

/** `String.hashCode`: 31-based, in 32 bits. */
export function javaHashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

/**
 * The order in which Java's hash tables show text: slot by slot of a table that doubles when it is three quarters full, and
 * in one slot as they came. `capacity` is what the table was made for; tables grow from there.
 */
export function javaHashOrder(texts: Iterable<string>, capacity = defaultCapacity): string[] {
  return inHashOrder([...new Set(texts)], javaHashCode, capacity);
}

/** The same for keys of any kind, each there once, by their `hashCode`. */
export function inHashOrder<T>(keys: readonly T[], hashCode: (key: T) => number, capacity = defaultCapacity): T[] {
  const table = new HashTable<T>(capacity);
  for (const key of keys) {
    const hash = hashCode(key);
    table.add({ key, hash: hash ^ (hash >>> 16) });
  }
  return [...table.keys()];
}

/** Partitions, each once, in the order of a hash table by `TopicPartition.hashCode`. */
export function partitionHashOrder<T extends { readonly topic: string; readonly partition: number }>(
  partitions: readonly T[],
): T[] {
  return inHashOrder(partitions, ({ topic, partition }) => (Math.imul(31, 31 + partition) + javaHashCode(topic)) | 0);
}
