import { CliError } from '../errors.js';
import { topicNameProblem } from '../topics/topic-name.js';

/** What words of a command line pick: things of exactly these names, and everything that a pattern matches. */
export interface WordSelection {
  /** In the order given, each once. */
  readonly names: readonly string[];
  readonly patterns: readonly NamePattern[];
}

/** A word that stands for every name that it matches. */
export interface NamePattern {
  /** As it was written. */
  readonly text: string;
  readonly expression: RegExp;
}

export interface WordOptions {
  /** What the words name. */
  readonly what: 'topic' | 'group';
  /** Every word is a name, whatever it holds (`--literal`). */
  readonly isLiteral?: boolean | undefined;
}

/**
 * Reads words that name topics or groups. `orders` is a name; `orders-*` and `order?` are globs over the whole name (`*` any
 * characters, `?` one); `/^(orders|bills)-/` is a regular expression that may match anywhere in the name. No topic's name holds
 * one of these characters; a group's may, and is then reached with `isLiteral`.
 *
 * @throws CliError `usage` naming every word that is neither a pattern nor a name that such a thing can have
 */
export function parseWords(words: readonly string[], options: WordOptions): WordSelection {
  const names = new Set<string>();
  const patterns = new Map<string, NamePattern>();
  const problems: CliError[] = [];
  for (const word of words) {
    const read = readWord(word, options);
    if (read instanceof CliError) problems.push(read);
    else if (typeof read === 'string') names.add(read);
    else patterns.set(word, read);
  }
  const [first] = problems;
  if (first === undefined) return { names: [...names], patterns: [...patterns.values()] };
  const message = [...new Set(problems.map((problem) => problem.message))].join('\n');
  throw new CliError('usage', message, { hint: first.hint, cause: first.cause });
}

function readWord(word: string, { what, isLiteral = false }: WordOptions): NamePattern | string | CliError {
  if (isLiteral) return nameProblem(word, what) ?? word;
  if (word.startsWith('/')) return readExpression(word, what);
  // A glob is the name of a topic with holes in it; with anything else in it, it could match none.
  const problem = what === 'topic' && /[*?]/.test(word) ? nameProblem(word.replaceAll(/[*?]/g, 'x'), what) : undefined;
  if (problem !== undefined) return new CliError('usage', `no topic can match '${word}'`, { hint: problem.hint });
  if (/[*?]/.test(word)) return { text: word, expression: globExpression(word) };
  if (what === 'topic' || !word.endsWith('/')) return nameProblem(word, what) ?? word;
  return new CliError('usage', `'${word}' ends like a regular expression, and has no '/' before it`, { hint: shapeOf(what) });
}

function globExpression(word: string): RegExp {
  const source = word
    .replaceAll(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

function readExpression(word: string, what: WordOptions['what']): NamePattern | CliError {
  if (word === '/' || !word.endsWith('/')) {
    const text = `'${word}' begins like a regular expression, and has no '/' at its end`;
    return new CliError('usage', text, { hint: shapeOf(what) });
  }
  const source = word.slice(1, -1);
  if (source === '')
    return new CliError('usage', `'${word}' is an empty regular expression`, { hint: `'*' stands for every ${what}` });
  try {
    return { text: word, expression: new RegExp(source) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^Invalid regular expression: .*: /s, '') : String(cause);
    return new CliError('usage', `'${word}' is not a regular expression: ${reason}`, { hint: shapeOf(what), cause });
  }
}

function shapeOf(what: WordOptions['what']): string {
  const shape = "a regular expression stands between slashes, for example '/^(orders|bills)-/'";
  return what === 'topic' ? shape : `${shape}; with --literal every word is the name of a group as it is`;
}

function nameProblem(name: string, what: WordOptions['what']): CliError | undefined {
  if (what === 'group') return name === '' ? new CliError('usage', 'the name of a group must not be empty') : undefined;
  const problem = topicNameProblem(name);
  if (problem === undefined) return undefined;
  return new CliError('usage', problem, {
    hint: name.includes(',') ? 'write several topics as several words: orders bills' : hintForTopics,
  });
}

const hintForTopics = 'see which topics exist: kafkit topics list';
