import { CliError } from '../errors.js';
import { parseWords, type WordSelection } from '../selection/parse-words.js';

/** Which topics a command is about. */
export type TopicSelection = WordSelection;

/**
 * Reads words that name topics (see `parseWords`); no word at all means all topics.
 *
 * @throws CliError `usage` for a broken pattern, and for a name that no topic can have
 */
export function parseTopicSelection(words: readonly string[], isLiteral?: boolean): TopicSelection {
  return parseWords(words, { what: 'topic', isLiteral });
}

/**
 * The name of the only topic that a command can take.
 *
 * @param hint what to do instead with a pattern
 * @throws CliError `usage` for a pattern, and for a name that no topic can have
 */
export function parseTopicName(word: string, hint: string, isLiteral?: boolean): string {
  const { patterns } = parseTopicSelection([word], isLiteral);
  if (patterns.length === 0) return word;
  throw new CliError('usage', `one topic is needed, and '${word}' is a pattern`, { hint });
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
