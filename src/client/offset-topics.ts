import type { TopicPartition } from '../protocol/message.js';
import { groupTopics } from './group-topics.js';

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

/** The topics of a commit. */
export function offsetTopics(offsets: readonly OffsetToCommit[]): { name: string; partitions: CommitRow[] }[] {
  return groupTopics(offsets, ({ partition, offset, leaderEpoch = -1, metadata = '' }) => ({
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch,
    committedMetadata: metadata,
  }));
}
