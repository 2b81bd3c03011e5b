import { CliError } from '../../core/errors.js';
import { parseTopicName } from '../../core/topics/topic-selection.js';

/**
 * The topic of a console command: the positional word, or Kafka's own `--topic`.
 *
 * @throws CliError `usage` for none, for two different ones, for a pattern and for a name that no topic can have
 */
export function topicWord([word]: readonly unknown[], { topic }: { readonly topic?: string }, verb: string): string {
  const names = [word, topic].filter((name) => typeof name === 'string');
  const [name, other = name] = names;
  if (name === undefined || name === '') {
    throw new CliError('usage', 'no topic is named', { hint: `name one: kafkit console ${verb} TOPIC` });
  }
  if (name !== other) throw new CliError('usage', `two topics are named, '${name}' and '${other ?? ''}'`);
  return parseTopicName(name, `see what it matches: kafkit topics list '${name}'`);
}

/**
 * The topics of `console consume`: the positional words, or Kafka's own `--topic`; perhaps none.
 *
 * @throws CliError `usage` for empty names, and for words beside another `--topic`
 */
export function topicWords([words]: readonly unknown[], { topic }: { readonly topic?: string }): readonly string[] {
  // Variadic words are one array of texts (commander's contract).
  const names = [...new Set((words ?? []) as readonly string[])];
  if ([...names, topic].includes('')) throw new CliError('usage', 'a topic name must not be empty');
  if (topic === undefined || (names.length === 1 && names[0] === topic)) return names;
  if (names.length === 0) return [topic];
  throw new CliError('usage', `two topics are named, '${names.join(' ')}' and '${topic}'`);
}
