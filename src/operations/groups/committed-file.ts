import type { CommittedOffset } from '../../client/groups/committed-offsets.js';
import type { OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import type { Commits } from './read-commits.js';
import type { RecordTime } from './record-times.js';

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
    groups: [...commits].map(([group, offsets]) => {
      const belowZero = offsets.filter(isBelowZero).map(({ topic, partition, offset }) => ({ topic, partition, offset }));
      const others = offsets.filter((commit) => !isBelowZero(commit));
      return {
        group,
        partitions: others.map((commit) => ({ ...toEntry(commit, topicIds.get(commit.topic)), ...times?.get(commit) })),
        ...(belowZero.length > 0 && { belowZero }),
      };
    }),
  };
}

/** Whether a commit is no place in a log. */
export function isBelowZero({ offset }: Pick<CommittedOffset, 'offset'>): boolean {
  return offset < 0n;
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
