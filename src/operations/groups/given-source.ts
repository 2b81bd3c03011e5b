import type { Cluster } from '../../client/cluster.js';
import { describeTopics } from '../../client/metadata.js';
import { CliError } from '../../core/errors.js';
import type { BelowZero, OffsetEntry } from '../../core/offset-file/offset-file.js';
import type { ResetSource } from './reset-types.js';
import { committedFile } from './committed-file.js';
import { readCommits } from './read-commits.js';

/** Offsets that are given for each partition of a group, and the cluster they were taken from. */
export interface Given {
  /** By group id; under no group: for all groups. */
  readonly entries: ReadonlyMap<string | undefined, readonly OffsetEntry[]>;
  /** Commits below zero where the offsets were taken. */
  readonly belowZero: readonly BelowZero[];
  readonly clusterId: string | undefined;
}

/**
 * The offsets that a source gives; undefined where it works them out instead.
 *
 * @param clusterId the cluster's own id
 * @throws CliError `not-found` for a group without commits
 */
export async function readGiven(cluster: Cluster, source: ResetSource, clusterId: string | undefined): Promise<Given | undefined> {
  if (source.kind === 'target') return undefined;
  if (source.kind === 'given') {
    return {
      entries: new Map(source.groups.map(({ groupId, entries }) => [groupId, entries])),
      belowZero: source.groups.flatMap(({ belowZero = [] }) => belowZero),
      clusterId: source.clusterId,
    };
  }
  const commits = await readCommits(cluster, [{ groupId: source.groupId }]);
  const topics = await describeTopics(cluster, [...new Set([...commits.values()].flat().map(({ topic }) => topic))]);
  const topicIds = new Map(topics.flatMap(({ name, id }) => (id === undefined ? [] : [[name, id] as const])));
  const [group] = committedFile(commits, { clusterId, takenAt: 0, topicIds }).groups;
  const { partitions = [], belowZero = [] } = group ?? {};
  if (partitions.length + belowZero.length === 0) {
    throw new CliError('not-found', `group '${source.groupId}' has no committed offsets to take`, {
      hint: 'see which groups exist: kafkit groups list',
    });
  }
  return { entries: new Map([[undefined, partitions]]), belowZero, clusterId };
}

/** What is given for one group. */
export function entriesOf(given: Given, groupId: string): readonly OffsetEntry[] {
  return given.entries.get(groupId) ?? given.entries.get(undefined) ?? [];
}
