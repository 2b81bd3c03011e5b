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
  const unique = [...new Set(texts)];
  let slots = 1;
  while (slots < capacity || unique.length > slots * 0.75) slots *= 2;
  const slotOf = (text: string): number => {
    const hash = javaHashCode(text);
    return (hash ^ (hash >>> 16)) & (slots - 1);
  };
  return unique
    .map((text) => ({ text, slot: slotOf(text) }))
    .sort((left, right) => left.slot - right.slot)
    .map(({ text }) => text);
}
