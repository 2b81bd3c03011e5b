import type { TopicPartition } from '../../protocol/message.js';
import { illegalArgument, type GroupsRun } from './groups-run.js';

/** Values of `--topic`: whole topics, and partitions that are named, each as often as it was. */
export interface TopicArguments {
  readonly topics: readonly string[];
  readonly partitions: readonly TopicPartition[];
}

/**
 * Splits values of `--topic` into names and `name:0,1,2`.
 *
 * @throws UsageError
 */
export function parseTopicArguments(run: Pick<GroupsRun, 'options'>, words: readonly string[]): TopicArguments {
  const topics = words.filter((word) => !word.includes(':'));
  const partitions = words.filter((word) => word.includes(':')).flatMap((word) => parsePartitions(run, word));
  return { topics, partitions };
}

function parsePartitions(run: Pick<GroupsRun, 'options'>, word: string): TopicPartition[] {
  const [topic, list, ...more] = splitAsJava(word, ':');
  if (topic === undefined || list === undefined || more.length > 0)
    throw illegalArgument(run, `Invalid topic arg '${word}', expected topic name and partitions`);
  return splitAsJava(list, ',').map((text) => {
    const partition = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (partition !== (partition | 0)) throw illegalArgument(run, `Invalid partition '${text}' specified in topic arg '${word}''`);
    return { topic, partition };
  });
}

/** `String.split` of Java: empty parts at the end are dropped, but an empty text is one part. */
function splitAsJava(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (parts.length > 0 && parts.at(-1) === '' && text !== '') parts.pop();
  return parts;
}
