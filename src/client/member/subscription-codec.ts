import {
  type AssignedPartition,
  type AssignorName,
  comparePartitions,
  type SubscribedMember,
} from '../../core/assignors/assignor.js';
import { array } from '../../protocol/array.js';
import {
  decodeSubscription,
  encodeSubscription,
  encodeAssignment,
  decodeAssignment,
} from '../../protocol/messages/consumer-protocol.js';
import { int32, string } from '../../protocol/primitives.js';
import { Reader } from '../../protocol/reader.js';
import { struct } from '../../protocol/struct.js';
import { Writer } from '../../protocol/writer.js';

/** What a member says of itself in JoinGroup. */
export interface OwnSubscription {
  readonly topics: readonly string[];
  /** What it owns while it joins; nothing under the eager protocol. */
  readonly owned: readonly AssignedPartition[];
  /** Its last assignment, which the sticky assignor wants to know even when it was given up; `undefined` before the first. */
  readonly previous: readonly AssignedPartition[] | undefined;
  /** Generation of that assignment; -1 before the first. */
  readonly previousGeneration: number;
  /** Generation it is in now; -1 outside of any. */
  readonly generation: number;
  readonly rack: string | null;
}

// User data of Java's assignors: plain, without a version number. The older form of the sticky one has no generation.
const plain = { version: 1, flexible: false };
const stickyUserDataFields = array(struct({ topic: string(), partitions: array(int32()) }));

/** The subscription of one assignor, byte for byte as Java's consumer sends it (ConsumerProtocolSubscription version 3). */
export function encodeOwnSubscription(assignor: AssignorName, own: OwnSubscription): Buffer {
  return encodeSubscription({
    topics: [...own.topics].sort(),
    userData: userDataOf(assignor, own),
    ownedPartitions: byTopic(own.owned),
    generationId: own.generation,
    rackId: own.rack,
  });
}

function userDataOf(assignor: AssignorName, { previous, previousGeneration }: OwnSubscription): Buffer | null {
  if (assignor === 'range' || assignor === 'roundrobin') return null;
  if (assignor === 'sticky' && previous === undefined) return null;
  const writer = new Writer(64);
  if (assignor === 'sticky') stickyUserDataFields.type.write(writer, byTopic(previous ?? []), plain);
  writer.int32(previousGeneration);
  return writer.finish();
}

/**
 * What the leader has to know of a member.
 *
 * @throws ProtocolError for bytes that are no subscription
 */
export function decodeMember(
  assignor: AssignorName,
  member: { readonly memberId: string; readonly groupInstanceId: string | null; readonly metadata: Uint8Array },
): SubscribedMember {
  const subscription = decodeSubscription(member.metadata);
  const owned = flatten(subscription.ownedPartitions);
  const claim = assignor === 'sticky' ? readStickyUserData(subscription.userData) : { owned, generation: -1 };
  const said = subscription.generationId >= 0 ? subscription.generationId : readGeneration(subscription.userData);
  const generation = assignor === 'sticky' ? claim.generation : said;
  return {
    id: member.memberId,
    instanceId: member.groupInstanceId ?? undefined,
    topics: subscription.topics,
    owned: claim.owned,
    generation: generation < 0 ? undefined : generation,
    rack: subscription.rackId === null || subscription.rackId === '' ? undefined : subscription.rackId,
  };
}

function readStickyUserData(userData: Buffer | null): { owned: AssignedPartition[]; generation: number } {
  if (userData === null || userData.length === 0) return { owned: [], generation: -1 };
  try {
    const reader = new Reader(userData);
    const owned = flatten(stickyUserDataFields.type.read(reader, plain));
    return { owned, generation: reader.remaining >= 4 ? reader.int32() : -1 };
  } catch {
    // As Java does: whoever sends something else is treated as new.
    return { owned: [], generation: -1 };
  }
}

function readGeneration(userData: Buffer | null): number {
  return userData?.length === 4 ? userData.readInt32BE(0) : -1;
}

/** The assignment of one member, as Java's consumer sends it. */
export function encodeMemberAssignment(partitions: readonly AssignedPartition[]): Buffer {
  return encodeAssignment({ assignedPartitions: byTopic(partitions), userData: null });
}

/**
 * The partitions in an assignment.
 *
 * @throws ProtocolError for bytes that are no assignment
 */
export function decodeMemberAssignment(bytes: Uint8Array): AssignedPartition[] {
  return flatten(decodeAssignment(bytes).assignedPartitions);
}

function flatten(topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[]): AssignedPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}

function byTopic(partitions: readonly AssignedPartition[]): { topic: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of [...partitions].sort(comparePartitions)) {
    const numbers = topics.get(topic);
    if (numbers === undefined) topics.set(topic, [partition]);
    else numbers.push(partition);
  }
  return [...topics].map(([topic, numbers]) => ({ topic, partitions: numbers }));
}
