/** Groups things of partitions by their topic, in the order they come. */
export function byTopic<T extends { readonly topic: string }>(items: Iterable<T>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.topic);
    if (group === undefined) groups.set(item.topic, [item]);
    else group.push(item);
  }
  return groups;
}
