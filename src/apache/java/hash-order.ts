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
  let slots = 1;
  while (slots < capacity || keys.length > slots * 0.75) slots *= 2;
  const slotOf = (key: T): number => {
    const hash = hashCode(key);
    return (hash ^ (hash >>> 16)) & (slots - 1);
  };
  return keys
    .map((key) => ({ key, slot: slotOf(key) }))
    .sort((left, right) => left.slot - right.slot)
    .map(({ key }) => key);
}

/** Partitions, each once, in the order of a hash table by `TopicPartition.hashCode`. */
export function partitionHashOrder<T extends { readonly topic: string; readonly partition: number }>(
  partitions: readonly T[],
): T[] {
  return inHashOrder(partitions, ({ topic, partition }) => (Math.imul(31, 31 + partition) + javaHashCode(topic)) | 0);
}
