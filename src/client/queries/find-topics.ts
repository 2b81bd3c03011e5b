import { CliError } from '../../core/errors.js';
import { selectTopics, type Selected, type TopicSelection } from '../../core/topics/topic-selection.js';
import { errorCode as codes } from '../../protocol/errors.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { describeTopics, listTopics } from '../metadata.js';
import type { TopicMetadata } from '../topic-metadata.js';

/** Which topics a query is about. */
export interface TopicQuery {
  /** Those picked; all topics where it is empty. */
  readonly topics: TopicSelection;
  /** Whether patterns, and no word at all, pick internal topics too. */
  readonly includeInternal: boolean;
}

/**
 * Reads the topics that words pick, leaderless partitions and all. Plain names are asked for by name, so that they cost the same
 * in a cluster of any size and a missing right is told apart from a missing topic.
 *
 * @throws CliError a broker's error of a topic other than that it does not exist
 */
export async function findTopics(
  cluster: Cluster,
  { topics: selection, includeInternal }: TopicQuery,
): Promise<Selected<TopicMetadata>> {
  const isByName = selection.names.length > 0 && selection.patterns.length === 0;
  const found = isByName ? await describeTopics(cluster, selection.names) : await listTopics(cluster);
  const topics = found.filter(({ errorCode }) => errorCode !== codes.UNKNOWN_TOPIC_OR_PARTITION);
  const selected = selectTopics(topics, selection, includeInternal);
  for (const { name, errorCode } of selected.topics) {
    if (errorCode !== 0) throw brokerError(errorCode, undefined, `cannot read topic '${name}'`);
  }
  return selected;
}

/**
 * The same for commands that must find something for every word.
 *
 * @throws CliError `not-found` naming every word that picks nothing
 */
export async function requireTopics(cluster: Cluster, query: TopicQuery): Promise<readonly TopicMetadata[]> {
  const selected = await findTopics(cluster, query);
  const error = noTopicError(selected);
  if (error !== undefined) throw error;
  return selected.topics;
}

/** The error for words that pick nothing, naming all of them; undefined where every word picks something. */
export function noTopicError({ missing, unmatched }: Pick<Selected<unknown>, 'missing' | 'unmatched'>): CliError | undefined {
  const problems = [
    ...missing.map((name) => `topic '${name}' does not exist`),
    ...unmatched.map((pattern) => `no topic matches '${pattern}'`),
  ];
  if (problems.length === 0) return undefined;
  return new CliError('not-found', problems.join('\n'), { hint: 'see which topics exist: kafkit topics list' });
}
