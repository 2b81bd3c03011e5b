import { CliError } from '../../core/errors.js';
import { parseTopicSelection, type TopicSelection } from '../../core/topics/topic-selection.js';

/** Topics are positional words or Kafka's own `--topic`, or both. */
export interface TopicFlags {
  readonly topic?: readonly string[];
  readonly literal?: boolean;
}

function topicWords(args: readonly unknown[], options: TopicFlags): string[] {
  const [words] = args as [readonly string[] | undefined]; // each of these commands declares [names...] and nothing else
  return [...(words ?? []), ...(options.topic ?? [])];
}

/** The topics picked, all where none is named. @throws CliError `usage` */
export function topicSelection(args: readonly unknown[], options: TopicFlags): TopicSelection {
  return parseTopicSelection(topicWords(args, options), options.literal);
}

/** The same for commands that must be told which topics: nothing is changed by default. @throws CliError `usage` */
export function requiredTopics(args: readonly unknown[], options: TopicFlags, verb: string): TopicSelection {
  return parseTopicSelection(requiredTopicWords(args, options, verb), options.literal);
}

/** The words that name topics, in the order positional, then `--topic`. @throws CliError `usage` for none */
export function requiredTopicWords(args: readonly unknown[], options: TopicFlags, verb: string): string[] {
  const words = topicWords(args, options);
  if (words.length === 0) throw new CliError('usage', 'no topic is named', { hint: `name one: kafkit topics ${verb} TOPIC` });
  return words;
}
