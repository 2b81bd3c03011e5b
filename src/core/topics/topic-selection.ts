import { CliError } from '../errors.js';

/** Which topics a command is about: words as the user gave them, each a name, a glob or a regular expression. */
export interface TopicSelection {
  /** Words that are plain names, in the order given, each once. */
  readonly names: readonly string[];
  /** Words that are patterns. */
  readonly patterns: readonly TopicPattern[];
}

export interface TopicPattern {
  readonly text: string;
  readonly expression: RegExp;
}

/**
 * Reads the words of a command line. `orders` is a name; `orders-*` and `order?` are globs over the whole name (`*` any
 * characters, `?` one); `/^(orders|bills)-/` is a regular expression that may match anywhere in the name. No topic name
 * can contain `*`, `?` or `/`, so the three never clash.
 *
 * @throws CliError `usage` for a regular expression that is not one, or an empty word
 */
export function parseTopicSelection(words: readonly string[]): TopicSelection {
  const names = new Set<string>();
  const patterns: TopicPattern[] = [];
  for (const word of words) {
    if (word === '') throw new CliError('usage', 'a topic name must not be empty');
    const expression = expressionOf(word);
    if (expression === undefined) names.add(word);
    else patterns.push({ text: word, expression });
  }
  return { names: [...names], patterns };
}

function expressionOf(word: string): RegExp | undefined {
  if (word.length > 1 && word.startsWith('/') && word.endsWith('/')) return parseExpression(word.slice(1, -1));
  if (!/[*?]/.test(word)) return undefined;
  const source = word
    .replaceAll(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

function parseExpression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^Invalid regular expression: /, '') : String(cause);
    throw new CliError('usage', `'/${source}/' is not a regular expression: ${reason}`, { cause });
  }
}

/** What a selection picked from the topics that exist. */
export interface Selected<Topic> {
  /** Each topic once, sorted by name. */
  readonly topics: readonly Topic[];
  /** Names that no topic has. */
  readonly missing: readonly string[];
  /** Patterns that no topic matches. */
  readonly unmatched: readonly string[];
}

/**
 * Picks topics. Without any word every topic is picked. Patterns, and no word at all, leave out internal topics unless
 * `includeInternal`; a name picks its topic whatever it is.
 */
export function selectTopics<Topic extends { readonly name: string; readonly internal: boolean }>(
  topics: readonly Topic[],
  selection: TopicSelection,
  includeInternal: boolean,
): Selected<Topic> {
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  const open = topics.filter((topic) => includeInternal || !topic.internal);
  const isEmpty = selection.names.length === 0 && selection.patterns.length === 0;
  const picked = new Map<string, Topic>(isEmpty ? open.map((topic) => [topic.name, topic]) : []);
  const missing: string[] = [];
  for (const name of selection.names) {
    const topic = byName.get(name);
    if (topic === undefined) missing.push(name);
    else picked.set(name, topic);
  }
  const unmatched: string[] = [];
  for (const { text, expression } of selection.patterns) {
    const matching = open.filter((topic) => expression.test(topic.name));
    if (matching.length === 0) unmatched.push(text);
    for (const topic of matching) picked.set(topic.name, topic);
  }
  return { topics: [...picked.values()].sort(compareNames), missing, unmatched };
}

/** Orders by name as Kafka's tools do: by code unit, so that the order is the same everywhere. */
export function compareNames(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
