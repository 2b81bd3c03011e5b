import { byTopic } from './by-topic.js';

/** Things of partitions by topic, as most requests want them; `shape` says what one is on the wire. */
export function groupTopics<T extends { readonly topic: string }, P>(
  items: Iterable<T>,
  shape: (item: T) => P,
): { readonly name: string; readonly partitions: P[] }[] {
  return [...byTopic(items)].map(([name, rows]) => ({ name, partitions: rows.map(shape) }));
}
