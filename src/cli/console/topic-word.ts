import { CliError } from '../../core/errors.js';

/**
 * The topic of a console command: the positional word, or Kafka's own `--topic`.
 *
 * @throws CliError `usage` for none, or for two different ones
 */
export function topicWord([word]: readonly unknown[], { topic }: { readonly topic?: string }, verb: string): string {
  const names = [word, topic].filter((name) => typeof name === 'string');
  const [name, other = name] = names;
  if (name === undefined || name === '') {
    throw new CliError('usage', 'no topic is named', { hint: `name one: kafkit console ${verb} TOPIC` });
  }
  if (name !== other) throw new CliError('usage', `two topics are named, '${name}' and '${other ?? ''}'`);
  return name;
}
