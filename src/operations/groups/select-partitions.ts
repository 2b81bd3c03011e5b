import { brokerError } from '../../client/broker-error.js';
import type { Cluster } from '../../client/cluster.js';
import { describeTopics } from '../../client/metadata.js';
import { noTopicError } from '../../client/queries/find-topics.js';
import type { TopicMetadata } from '../../client/topic-metadata.js';
import { CliError } from '../../core/errors.js';
import { covers, isInScope, type TopicScope } from '../../core/reset/parse-scope.js';
import { errorCode } from '../../protocol/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { entriesOf, type Given } from './given-source.js';
import type { ReadInput } from './reset-types.js';
import type { Commits } from './read-commits.js';

/** What partitions are selected from. */
export interface Selectable {
  readonly commits: Commits;
  readonly given: Given | undefined;
  readonly topics: ReadonlyMap<string, TopicMetadata>;
}

/** The topics that a reset may touch. */
export function topicNames(input: ReadInput, commits: Commits, given: Given | undefined): ReadonlySet<string> {
  const { scope, groups } = input;
  const places = groups.flatMap(({ groupId }) => known(groupId, commits, given));
  if (scope === 'committed') return new Set(places.map(({ topic }) => topic));
  const named = scope.filter(({ pattern }) => pattern === undefined).map(({ topic }) => topic);
  const matched = places.map(({ topic }) => topic).filter((topic) => scope.some(({ pattern }) => pattern?.expression.test(topic)));
  return new Set([...named, ...matched]);
}

/** What a group has offsets for: those that were given, else its commits. */
function known(groupId: string, commits: Commits, given: Given | undefined): readonly TopicPartition[] {
  return given === undefined ? (commits.get(groupId) ?? []) : entriesOf(given, groupId);
}

/** The named topics that exist, by name. @throws CliError the broker's, for one that must not be seen */
export async function readTopics(cluster: Cluster, names: readonly string[]): Promise<ReadonlyMap<string, TopicMetadata>> {
  const topics = await describeTopics(cluster, names);
  for (const { name, errorCode: code } of topics) {
    if (code !== 0 && code !== errorCode.UNKNOWN_TOPIC_OR_PARTITION)
      throw brokerError(code, undefined, `cannot read topic '${name}'`);
  }
  return new Map(topics.filter(({ errorCode: code }) => code === 0).map((topic) => [topic.name, topic]));
}

/** @throws CliError `not-found` naming every topic and partition of the scope that does not exist; patterns pick what there is */
export function refuseMissing(scope: readonly TopicScope[], topics: ReadonlyMap<string, TopicMetadata>): void {
  const named = scope.filter(({ pattern }) => pattern === undefined);
  const error = noTopicError({ missing: named.map(({ topic }) => topic).filter((topic) => !topics.has(topic)), unmatched: [] });
  if (error !== undefined) throw error;
  const lines = named.flatMap(({ topic, partitions = [] }) => {
    const count = topics.get(topic)?.partitions.length ?? 0;
    return partitions
      .filter((partition) => partition >= count)
      .map((partition) => `topic '${topic}' has ${count} partitions, numbered from 0, and no ${partition}`);
  });
  if (lines.length > 0) throw new CliError('not-found', lines.join('\n'));
}

/**
 * The partitions of one group that the reset is about. A pattern stands for topics that the group has offsets for, so that it
 * gets no commits for topics that it does not read; a name stands for its topic all the same.
 */
export function selectPartitions({ scope }: ReadInput, groupId: string, { commits, given, topics }: Selectable): TopicPartition[] {
  const places = known(groupId, commits, given);
  if (scope === 'committed') return [...places];
  const ownTopics = new Set(places.map(({ topic }) => topic));
  const all = [...topics.values()]
    .flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition })))
    .filter((place) => scope.some((part) => covers(part, place) && (part.pattern === undefined || ownTopics.has(place.topic))));
  if (given === undefined) return all;
  // A whole topic means what was given of it; a partition that is named must be there.
  const named = scope.filter(({ partitions, pattern }) => partitions !== undefined && pattern === undefined);
  const there = new Set(places.map(({ topic, partition }) => `${topic} ${partition}`));
  return all.filter((place) => isInScope(named, place) || there.has(`${place.topic} ${place.partition}`));
}

/** Why a group's selection is empty. */
export function nothingSelected({ scope, source }: ReadInput): string {
  if (scope !== 'committed' && scope.every(({ pattern }) => pattern !== undefined)) {
    const texts = scope.map(({ topic }) => `'${topic}'`).join(', ');
    const what = source.kind === 'target' ? 'it has no committed offsets' : 'no offsets were given';
    return `${what} for topics that match ${texts}; a pattern picks only topics with offsets, a name any topic`;
  }
  if (source.kind !== 'target') return scope === 'committed' ? 'no offsets were given' : 'no offsets were given for these topics';
  return scope === 'committed' ? 'it has no committed offsets; name topics with --topic' : 'these topics have no partitions';
}
