import { CliError } from '../errors.js';
import { parseTopicSelection, selectTopics, type TopicSelection } from './topic-selection.js';

/** Which partitions a command is about, as words of its command line say. */
export interface PartitionSelection {
  /** The topics of all words; empty for all topics. */
  readonly topics: TopicSelection;
  /** What each word picks. */
  readonly picks: readonly PartitionPick[];
}

interface PartitionPick {
  readonly topics: TopicSelection;
  /** Undefined: all partitions of the topics it picks. */
  readonly partitions: readonly number[] | undefined;
}

const largestInt32 = 2_147_483_647;

/**
 * Reads words such as `orders`, `orders:0,2` or `orders-*:0`.
 *
 * @param options `partitions`: those of `--partition`, which count for every word that names none of its own; `isLiteral`: no word
 * is a pattern
 * @throws CliError `usage`, quoting the word
 */
export function parsePartitionSelection(
  words: readonly string[],
  { partitions, isLiteral }: { readonly partitions?: readonly number[] | undefined; readonly isLiteral?: boolean | undefined } = {},
): PartitionSelection {
  const split = words.map((word) => splitPartitions(word));
  const topics = parseTopicSelection(
    split.map(({ topic }) => topic),
    isLiteral,
  );
  // Without a word every topic is picked; its partitions are still to be chosen from.
  if (split.length === 0) return { topics, picks: [{ topics, partitions }] };
  const picks = split.map(({ topic, partitions: own }) => ({
    topics: parseTopicSelection([topic], isLiteral),
    partitions: own ?? partitions,
  }));
  return { topics, picks };
}

/**
 * A word such as `orders`, `orders:0,2` or `/^ord.*s$/:1`, cut in two.
 *
 * @param flag where the word was given, where that was behind a flag
 * @throws CliError `usage`, quoting the word
 */
export function splitPartitions(word: string, flag?: string): { topic: string; partitions?: readonly number[] } {
  const colon = word.lastIndexOf(':');
  // A regular expression may hold colons; no topic name can.
  if (colon < 0 || (word.startsWith('/') && !word.slice(0, colon).endsWith('/'))) return { topic: word };
  const place = flag === undefined ? `'${word}'` : `${flag} '${word}'`;
  return { topic: word.slice(0, colon), partitions: parsePartitionList(word.slice(colon + 1), place) };
}

/**
 * The partitions of a list like `0,2,5`.
 *
 * @param what how an error names the place, for example `--partition`
 * @throws CliError `usage`
 */
export function parsePartitionList(text: string, what: string): number[] {
  return text.split(',').map((part) => {
    if (/^\d+$/.test(part) && Number(part) <= largestInt32) return Number(part);
    throw new CliError('usage', `${what}: '${part}' is no partition`, {
      hint: 'write partitions as numbers with commas: orders:0,2',
    });
  });
}

interface TopicWithPartitions {
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: readonly { readonly partition: number }[];
}

/** The partitions picked of one topic, and those named that it does not have. */
export interface PickedPartitions<Topic extends TopicWithPartitions> {
  readonly topic: Topic;
  /** Sorted. */
  readonly partitions: readonly Topic['partitions'][number][];
  /** Named for this topic by its own name, and not there; patterns pick what there is. */
  readonly missing: readonly number[];
}

/** Picks partitions of topics that the words have picked; a topic that several words name gets what any of them names. */
export function selectPartitions<Topic extends TopicWithPartitions>(
  topics: readonly Topic[],
  selection: PartitionSelection,
): PickedPartitions<Topic>[] {
  const lists = new Map<string, { isName: boolean; list: readonly number[] | undefined }[]>();
  for (const { topics: picked, partitions: list } of selection.picks) {
    for (const { name } of selectTopics(topics, picked, true).topics) {
      lists.set(name, [...(lists.get(name) ?? []), { isName: picked.names.length > 0, list }]);
    }
  }
  return topics.map((topic) => pick(topic, lists.get(topic.name) ?? []));
}

function pick<Topic extends TopicWithPartitions>(
  topic: Topic,
  lists: readonly { readonly isName: boolean; readonly list: readonly number[] | undefined }[],
): PickedPartitions<Topic> {
  const has = new Set(topic.partitions.map(({ partition }) => partition));
  const named = lists.flatMap(({ isName, list }) => (isName ? (list ?? []) : []));
  const missing = [...new Set(named.filter((partition) => !has.has(partition)))].sort((left, right) => left - right);
  const wanted = new Set(lists.flatMap(({ list }) => list ?? [...has]));
  return { topic, partitions: topic.partitions.filter(({ partition }) => wanted.has(partition)), missing };
}
