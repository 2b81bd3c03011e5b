import { compareText } from '../compare-text.js';

/** A partition as assignors name it. */
export interface AssignedPartition {
  readonly topic: string;
  readonly partition: number;
}

/** One member of a group as its subscription describes it (ConsumerProtocolSubscription). */
export interface SubscribedMember {
  readonly id: string;
  /** Set for static members (KIP-345). */
  readonly instanceId?: string | undefined;
  readonly topics: readonly string[];
  /** What the member says it owns; for the `sticky` assignor what it owned before it gave everything up. */
  readonly owned: readonly AssignedPartition[];
  /** Generation in which `owned` was true; `undefined` when the member does not know. */
  readonly generation?: number | undefined;
  /** Set when the member wants replicas of its own rack (KIP-881). */
  readonly rack?: string | undefined;
}

/** One topic with its partitions in ascending order; `racks` are those of the partition's replicas. */
export interface TopicLayout {
  readonly name: string;
  readonly partitions: readonly { readonly partition: number; readonly racks: readonly string[] }[];
}

/** Who gets what, by member id; every member has an entry, if only an empty one. */
export type GroupAssignment = Map<string, AssignedPartition[]>;

/** The assignors that Kafka's Java client has, by the names that travel in JoinGroup. */
export const assignorNames = ['range', 'roundrobin', 'sticky', 'cooperative-sticky'] as const;

/** The name of one assignor. */
export type AssignorName = (typeof assignorNames)[number];

/** Divides the partitions of a group among its members; pure, and the same input gives the same answer on every machine. */
export interface Assignor {
  readonly name: AssignorName;
  /** Whether members may keep what they own while the group rebalances (KIP-429). */
  readonly isCooperative: boolean;
  assign(topics: readonly TopicLayout[], members: readonly SubscribedMember[]): GroupAssignment;
}

/** Static members first, by instance id, then the others by member id: the order in which Kafka's assignors serve. */
export function compareMembers(left: SubscribedMember, right: SubscribedMember): number {
  if (left.instanceId !== undefined && right.instanceId !== undefined) return compareText(left.instanceId, right.instanceId);
  if (left.instanceId !== undefined) return -1;
  if (right.instanceId !== undefined) return 1;
  return compareText(left.id, right.id);
}

/** Orders partitions by topic, then by number. */
export function comparePartitions(left: AssignedPartition, right: AssignedPartition): number {
  return compareText(left.topic, right.topic) || left.partition - right.partition;
}

/** A key that is unique for a partition: a topic name cannot hold a space. */
export function partitionKey({ topic, partition }: AssignedPartition): string {
  return `${topic} ${partition}`;
}
