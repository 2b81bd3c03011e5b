import { CliError } from '../errors.js';
import { parseTopicSelection, selectTopics } from './topic-selection.js';

/** Which partitions a command is about, as words of its command line say. */
export interface PartitionSelection {
  /** The topic part of each word, for {@link parseTopicSelection}; none means all topics. */
  readonly words: readonly string[];
  /** The partitions that each word names, in the order of `words`; undefined: all of the topics it picks. */
  readonly ofWord: readonly (readonly number[] | undefined)[];
}

const largestInt32 = 2_147_483_647;

/**
 * Reads words such as `orders`, `orders:0,2` or `orders-*:0`.
 *
 * @param partitions those of `--partition`: they count for every word that names none of its own
 * @throws CliError `usage`, quoting the word
 */
export function parsePartitionSelection(words: readonly string[], partitions: readonly number[] | undefined): PartitionSelection {
  // Without a word every topic is picked; its partitions are still to be chosen from.
  if (words.length === 0) return { words: [], ofWord: [partitions] };
  const parsed = words.map(splitWord);
  return { words: parsed.map(({ topic }) => topic), ofWord: parsed.map(({ list }) => list ?? partitions) };
}

function splitWord(word: string): { topic: string; list?: readonly number[] } {
  const colon = word.lastIndexOf(':');
  // A regular expression may hold colons; no topic name can.
  if (colon < 0 || (word.startsWith('/') && !word.slice(0, colon).endsWith('/'))) return { topic: word };
  return { topic: word.slice(0, colon), list: parsePartitionList(word.slice(colon + 1), `'${word}'`) };
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
  for (const [index, list] of selection.ofWord.entries()) {
    const word = selection.words[index];
    const parsed = parseTopicSelection(word === undefined ? [] : [word]);
    for (const { name } of selectTopics(topics, parsed, true).topics) {
      lists.set(name, [...(lists.get(name) ?? []), { isName: parsed.names.length > 0, list }]);
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
