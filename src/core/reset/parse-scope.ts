import { CliError } from '../errors.js';
import { parseWords, type NamePattern } from '../selection/parse-words.js';
import { splitPartitions } from '../topics/partition-selection.js';

/** One topic of a scope, or every topic that a pattern matches: all of its partitions, or those named. */
export interface TopicScope {
  /** A name; of a pattern, its text. */
  readonly topic: string;
  /** Sorted, each once; undefined for all. */
  readonly partitions: readonly number[] | undefined;
  readonly pattern?: NamePattern | undefined;
}

/**
 * The topics of words like `orders`, `orders:0,2` (Kafka's way to name partitions) and `orders-*`, sorted by name; a topic named
 * twice counts with all that was said of it.
 *
 * @throws CliError `usage`, quoting the word
 */
export function parseScope(words: readonly string[], isLiteral?: boolean): TopicScope[] {
  const topics = new Map<string, Set<number> | undefined>();
  for (const word of words) {
    const { topic, partitions } = splitPartitions(word, '--topic');
    if (topic === '') throw new CliError('usage', `--topic '${word}' names no topic`);
    const known = topics.get(topic);
    if (partitions === undefined || (topics.has(topic) && known === undefined)) topics.set(topic, undefined);
    else topics.set(topic, new Set([...(known ?? []), ...partitions]));
  }
  const patterns = new Map(
    parseWords([...topics.keys()], { what: 'topic', isLiteral }).patterns.map((pattern) => [pattern.text, pattern]),
  );
  return [...topics]
    .map(([topic, partitions]) => ({
      topic,
      partitions: partitions && [...partitions].sort((left, right) => left - right),
      ...(patterns.has(topic) && { pattern: patterns.get(topic) }),
    }))
    .sort((left, right) => (left.topic < right.topic ? -1 : 1));
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** Whether a partition lies in a scope. */
export function isInScope(scope: readonly TopicScope[], place: Place): boolean {
  return scope.some((each) => covers(each, place));
}

/** Whether one part of a scope is about a partition. */
export function covers({ topic, partitions, pattern }: TopicScope, place: Place): boolean {
  const isTopic = pattern === undefined ? topic === place.topic : pattern.expression.test(place.topic);
  return isTopic && (partitions === undefined || partitions.includes(place.partition));
}
