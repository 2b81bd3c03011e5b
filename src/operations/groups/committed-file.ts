import type { Cluster } from '../../client/cluster.js';
import { committedOffsets, type CommittedOffset } from '../../client/groups/committed-offsets.js';
import type { OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { RecordTime } from './record-times.js';

/** The commits of groups, by group id. */
export type Commits = ReadonlyMap<string, readonly CommittedOffset[]>;

/**
 * Reads what groups have committed, all of it or nothing.
 *
 * @throws CliError the first error of a group or partition: half of the truth must not become a plan or a file
 */
export async function readCommits(
  cluster: Cluster,
  groups: readonly { readonly groupId: string; readonly partitions?: readonly TopicPartition[] }[],
): Promise<Commits> {
  const answers = await committedOffsets(cluster, groups);
  for (const { error, failures } of answers) {
    const [failure] = failures;
    if (error !== undefined) throw error;
    if (failure !== undefined) throw failure.error;
  }
  return new Map(answers.map(({ groupId, offsets }) => [groupId, offsets]));
}

/** Where and when commits were read. */
export interface TakenFrom {
  readonly clusterId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  /** Ids of topics by name, where brokers tell them. */
  readonly topicIds: ReadonlyMap<string, string>;
  /** What to find the commits by in another log, where that was asked for. */
  readonly times?: ReadonlyMap<CommittedOffset, RecordTime>;
}

/** Commits as an offset file, from which they can be put back. */
export function committedFile(commits: Commits, { clusterId, takenAt, topicIds, times }: TakenFrom): OffsetFile {
  return {
    ...(clusterId !== undefined && { clusterId }),
    takenAt: new Date(takenAt).toISOString(),
    source: 'committed',
    groups: [...commits].map(([group, offsets]) => ({
      group,
      partitions: offsets.map((commit) => ({ ...toEntry(commit, topicIds.get(commit.topic)), ...times?.get(commit) })),
    })),
  };
}

function toEntry({ topic, partition, offset, leaderEpoch, metadata }: CommittedOffset, topicId: string | undefined): OffsetEntry {
  return {
    topic,
    partition,
    offset,
    ...(leaderEpoch !== undefined && { leaderEpoch }),
    ...(topicId !== undefined && { topicId }),
    metadata,
  };
}
