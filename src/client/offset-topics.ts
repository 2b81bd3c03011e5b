import type { TopicPartition } from '../protocol/message.js';
import { zeroUuid } from '../protocol/primitives.js';
import { byTopic } from './by-topic.js';

/** One offset to commit. */
export interface OffsetToCommit extends TopicPartition {
  readonly offset: bigint;
  readonly leaderEpoch?: number | undefined;
  readonly metadata?: string | undefined;
  /** Of the topic that the offset belongs to: another one that has taken its name is left alone. */
  readonly topicId?: string | undefined;
}

/** One partition of a commit, as OffsetCommit and TxnOffsetCommit carry it; an unknown leader epoch is -1. */
interface CommitRow {
  readonly partitionIndex: number;
  readonly committedOffset: bigint;
  readonly committedLeaderEpoch: number;
  readonly committedMetadata: string;
}

/** The newest version of OffsetCommit that names topics; those after it want their ids (KIP-848). */
export const newestByName = 9;

/**
 * The topics of a commit, by name and id: while a topic is created again, the offsets of some partitions are still those of the old
 * one. Without an id it is {@link zeroUuid}.
 */
export function offsetTopics(offsets: readonly OffsetToCommit[]): { name: string; topicId: string; partitions: CommitRow[] }[] {
  return [...byTopic(offsets)].flatMap(([name, rows]) =>
    [...new Set(rows.map(({ topicId }) => topicId))].map((id) => ({
      name,
      topicId: id ?? zeroUuid,
      partitions: rows.filter(({ topicId }) => topicId === id).map(commitRow),
    })),
  );
}

function commitRow({ partition, offset, leaderEpoch = -1, metadata = '' }: OffsetToCommit): CommitRow {
  return {
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch,
    committedMetadata: metadata,
  };
}
