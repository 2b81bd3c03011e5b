import { array } from '../array.js';
import type { Field } from '../field.js';
import { int32, nullableBytes, nullableString, string } from '../primitives.js';
import { ProtocolError } from '../protocol-error.js';
import { Reader } from '../reader.js';
import { struct } from '../struct.js';
import type { Decoded, Encodable } from '../struct.js';
import { Writer } from '../writer.js';

const subscriptionFields = {
  topics: array(string()),
  userData: nullableBytes({ default: null }),
  ownedPartitions: array(struct({ topic: string(), partitions: array(int32()) }), { since: 1, default: [], ignorable: true }),
  generationId: int32({ since: 2, default: -1, ignorable: true }),
  rackId: nullableString({ since: 3, default: null, ignorable: true }),
};

const assignmentFields = {
  assignedPartitions: array(struct({ topic: string(), partitions: array(int32()) })),
  userData: nullableBytes({ default: null }),
};

/** What a member of a classic consumer group tells the leader; travels as the `metadata` of JoinGroup. */
export const ConsumerProtocolSubscription = struct(subscriptionFields);
/** What the leader gives a member; travels as the `assignment` of SyncGroup. */
export const ConsumerProtocolAssignment = struct(assignmentFields);

export type ConsumerSubscription = Decoded<typeof subscriptionFields>;
export type ConsumerAssignment = Decoded<typeof assignmentFields>;

/** The newest version of both; they share their numbers. */
export const consumerProtocolVersion = 3;

/** A subscription with its leading version number. */
export function encodeSubscription(
  subscription: Encodable<typeof subscriptionFields>,
  version: number = consumerProtocolVersion,
): Buffer {
  return encode(ConsumerProtocolSubscription, subscription, version);
}

/** An assignment with its leading version number. */
export function encodeAssignment(
  assignment: Encodable<typeof assignmentFields>,
  version: number = consumerProtocolVersion,
): Buffer {
  return encode(ConsumerProtocolAssignment, assignment, version);
}

/**
 * Decodes the subscription of any version.
 *
 * @throws ProtocolError for other bytes, such as those of a group that does not consume
 */
export function decodeSubscription(bytes: Uint8Array): ConsumerSubscription {
  return decode(ConsumerProtocolSubscription, bytes);
}

/**
 * Decodes the assignment of any version; no bytes at all mean no partitions, as the coordinator has it before the first sync.
 *
 * @throws ProtocolError for other bytes, such as those of a group that does not consume
 */
export function decodeAssignment(bytes: Uint8Array): ConsumerAssignment {
  if (bytes.length === 0) return { assignedPartitions: [], userData: null };
  return decode(ConsumerProtocolAssignment, bytes);
}

function encode<T, I>(body: Field<T, I>, value: I, version: number): Buffer {
  const writer = new Writer();
  writer.int16(version);
  body.type.write(writer, value, { version, flexible: false });
  return writer.finish();
}

// A newer version only adds fields at the end (so says Kafka), which is why bytes left over are no error here.
function decode<T, I>(body: Field<T, I>, bytes: Uint8Array): T {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const version = reader.int16();
  if (version < 0) throw new ProtocolError(`version ${version} of the consumer protocol does not exist`);
  return body.type.read(reader, { version: Math.min(version, consumerProtocolVersion), flexible: false });
}
