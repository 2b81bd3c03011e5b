import { CliError } from '../errors.js';

/** One topic of a scope: all of its partitions, or those named. */
export interface TopicScope {
  readonly topic: string;
  /** Sorted, each once; undefined for all. */
  readonly partitions: readonly number[] | undefined;
}

/**
 * The topics of words like `orders` and `orders:0,2` (Kafka's way to name partitions), sorted by name; a topic named twice counts with
 * all that was said of it.
 *
 * @throws CliError `usage`, quoting the word
 */
export function parseScope(words: readonly string[]): TopicScope[] {
  const topics = new Map<string, Set<number> | undefined>();
  for (const word of words) {
    const colon = word.indexOf(':');
    const topic = colon < 0 ? word : word.slice(0, colon);
    if (topic === '') throw new CliError('usage', `--topic '${word}' names no topic`);
    const partitions =
      colon < 0
        ? undefined
        : word
            .slice(colon + 1)
            .split(',')
            .map((text) => parsePartition(text, word));
    const known = topics.get(topic);
    if (partitions === undefined || (topics.has(topic) && known === undefined)) topics.set(topic, undefined);
    else topics.set(topic, new Set([...(known ?? []), ...partitions]));
  }
  return [...topics]
    .map(([topic, partitions]) => ({ topic, partitions: partitions && [...partitions].sort((left, right) => left - right) }))
    .sort((left, right) => (left.topic < right.topic ? -1 : 1));
}

function parsePartition(text: string, word: string): number {
  const partition = Number(text);
  if (/^\d+$/.test(text) && partition <= 2_147_483_647) return partition;
  throw new CliError('usage', `--topic '${word}': '${text}' is no partition`, { hint: 'write --topic orders:0,1,2' });
}

/** Whether a partition lies in a scope. */
export function isInScope(scope: readonly TopicScope[], { topic, partition }: { topic: string; partition: number }): boolean {
  return scope.some((each) => each.topic === topic && (each.partitions === undefined || each.partitions.includes(partition)));
}
