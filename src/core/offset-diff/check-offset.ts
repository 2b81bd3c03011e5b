import type { FileOffset, OffsetEntry } from '../offset-file/offset-file.js';

/** What an offset of a file means for a log as it is now. */
export type OffsetFit =
  | 'fits'
  /** Records behind it are gone: who goes on there starts at the first that is left. */
  | 'below-start'
  | 'beyond-end'
  /** A commit below zero, which is no place in any log. */
  | 'below-zero'
  | 'unknown-topic'
  | 'unknown-partition'
  /** The topic was deleted and created again since: its offsets count other records. */
  | 'other-topic';

/** A topic as the cluster knows it now. */
export interface KnownTopic {
  readonly id: string | undefined;
  readonly partitions: readonly { readonly partition: number }[];
}

/** The fit as far as the topic alone tells; undefined: the partition is there, and its bounds decide. */
export function checkTopic(entry: OffsetEntry, topic: KnownTopic | undefined): OffsetFit | undefined {
  if (topic === undefined) return 'unknown-topic';
  if (entry.topicId !== undefined && topic.id !== undefined && entry.topicId !== topic.id) return 'other-topic';
  return topic.partitions.some(({ partition }) => partition === entry.partition) ? undefined : 'unknown-partition';
}

/** The fit of an offset in a log from `start` up to `end`. */
export function checkOffset(offset: FileOffset, { start, end }: { readonly start: bigint; readonly end: bigint }): OffsetFit {
  if (offset === 'high-watermark') return 'fits';
  if (offset < start) return 'below-start';
  return offset > end ? 'beyond-end' : 'fits';
}
