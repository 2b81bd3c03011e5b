import type { FetchSettings } from '../../client/fetcher/fetcher-options.js';
import type { MemberOptions } from '../../client/member/member-options.js';
import type { TopicPartition } from '../../protocol/message.js';

/** What to read as which member, and when to commit. */
export interface ConsumePollsOptions {
  readonly member: Omit<MemberOptions, keyof FetchSettings | 'onRevoke' | 'onEvent' | 'signal' | 'pace'>;
  readonly fetch: Pick<FetchSettings, 'isolationLevel' | 'rack' | 'maxWaitMs' | 'minBytes' | 'maxBytes' | 'partitionMaxBytes'>;
  /** Absent: until the signal. */
  readonly maxMessages: number | undefined;
  /** Most records of one poll. */
  readonly maxPollRecords: number;
  /** Whether to tell of each record. */
  readonly withRecords: boolean;
  /** After each poll what it gave; or, every so many milliseconds and when partitions are given up, whatever was polled. */
  readonly commit: 'each-poll' | { readonly everyMs: number };
  /** Called in order; what it returns is waited for before more is read. */
  readonly onEvent: (event: PollEvent) => Promise<void> | undefined;
}

/** Records of one partition that lie side by side in a poll. */
export interface PolledRange extends TopicPartition {
  readonly topicId: string | undefined;
  readonly count: number;
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
}

/** One record as text; what is no UTF-8 becomes U+FFFD. */
export interface PolledRecord extends TopicPartition {
  readonly key: string | null;
  readonly value: string | null;
  readonly offset: bigint;
}

/** What happened to the member, in the order in which it did. */
export type PollEvent =
  | { readonly kind: 'assigned' | 'revoked'; readonly partitions: readonly TopicPartition[] }
  | { readonly kind: 'record'; readonly record: PolledRecord }
  /** One poll: what counts of it, and how many records it had before the limit cut it. */
  | { readonly kind: 'polled'; readonly count: number; readonly ranges: readonly PolledRange[] }
  /** One commit after a poll; `error` where it failed, `gone` where partitions had gone to other members. */
  | {
      readonly kind: 'committed';
      readonly offsets: readonly (TopicPartition & { readonly offset: bigint })[];
      readonly error: Error | 'gone' | undefined;
    };
