import type { TopicPartition } from '../../protocol/message.js';

/** Where a partition of a group is to stand. */
export interface NewOffset extends TopicPartition {
  readonly offset: bigint;
}
