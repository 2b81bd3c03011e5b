import type { TopicPartition } from '../../protocol/message.js';
import type { Cluster } from '../cluster.js';
import type { Pace } from '../pace.js';
import type { MemberEvent, MembershipSettings } from './member-options.js';
import type { Interest } from './subscribed-topics.js';

/** What a group protocol needs of the member it works for. */
export interface MembershipHost {
  readonly cluster: Cluster;
  readonly settings: MembershipSettings;
  readonly interest: Interest;
  readonly pace: Pace;
  /** Aborted when the member closes. */
  readonly signal: AbortSignal;
  /** What the member reads now. */
  owned(): readonly TopicPartition[];
  /** Gives partitions up, after the caller had its chance to commit; those not owned any more are passed over. */
  revoke(partitions: readonly TopicPartition[], reason: string): Promise<void>;
  /** Stops reading partitions that others may read already. */
  lose(reason: string): void;
  /** Starts reading what is new among these, at the committed offsets. */
  take(partitions: readonly TopicPartition[]): Promise<void>;
  /** Milliseconds since the caller last asked for records; 0 while it is asking. */
  idleMs(): number;
  /** Resolves when the caller asks for records. */
  attended(): Promise<void>;
  event(event: MemberEvent): void;
  /** Ends the member: its caller gets the error. */
  fail(error: unknown): void;
}

/** One of the two group protocols at work. */
export interface Membership {
  /** Empty before the coordinator gave one. */
  readonly memberId: string;
  /** Generation or member epoch to commit with; -1 outside of the group. */
  readonly generation: number;
  /** Joins, and stays until the host's signal is aborted. Never rejects: failures go to the host. */
  run(): Promise<void>;
  /** A commit was refused with this code: the coordinator sees the member otherwise than it does itself. */
  refused(code: number): void;
  /** Tells the coordinator that the member goes, so that the others need not wait; a static one keeps its place. */
  leave(reason: string): Promise<void>;
}

/** Partitions of `left` that are not in `right`. */
export function without<P extends TopicPartition>(left: readonly P[], right: readonly TopicPartition[]): P[] {
  const names = new Set(right.map(nameOf));
  return left.filter((partition) => !names.has(nameOf(partition)));
}

/** `topic-partition`, which names a partition uniquely. */
export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
