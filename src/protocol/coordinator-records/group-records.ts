import { array } from '../array.js';
import { bytes, int16, int32, int64, int8, nullableString, string, uuid, zeroUuid } from '../primitives.js';
import { struct } from '../struct.js';
import { recordKind } from './coordinator-record.js';

const offsetKey = struct({ group: string(), topic: string(), partition: int32() });

const offsetValue = struct({
  offset: int64(),
  leaderEpoch: int32({ since: 3, default: -1 }),
  metadata: string(),
  commitTimestamp: int64(),
  expireTimestamp: int64({ since: 1, until: 1, default: -1n }),
  topicId: uuid({ since: 4, tag: 0, default: zeroUuid }),
});

/** Committed offsets in `__consumer_offsets`: as brokers before 0.9 wrote them, and as they are. */
export const offsetRecords = [
  recordKind(0, offsetKey, struct({ offset: int64(), metadata: string(), commitTimestamp: int64() }), {}),
  recordKind(1, offsetKey, offsetValue, { maxVersion: 4, flexibleFrom: 4 }),
];

const memberMetadata = struct({
  memberId: string(),
  groupInstanceId: nullableString({ since: 3, default: null }),
  clientId: string(),
  clientHost: string(),
  rebalanceTimeout: int32({ since: 1, default: -1 }),
  sessionTimeout: int32(),
  subscription: bytes(),
  assignment: bytes(),
});

/** Groups of the classic protocol in `__consumer_offsets`. */
export const groupMetadataRecords = [
  recordKind(
    2,
    struct({ group: string() }),
    struct({
      protocolType: string(),
      generation: int32(),
      protocol: nullableString(),
      leader: nullableString(),
      currentStateTimestamp: int64({ since: 2, default: -1n }),
      members: array(memberMetadata),
    }),
    { maxVersion: 4, flexibleFrom: 4 },
  ),
];

const groupKey = struct({ groupId: string() });
const memberKey = struct({ groupId: string(), memberId: string() });
const topicPartitions = struct({ topicId: uuid(), partitions: array(int32()) });
const namedPartitions = struct({ topicId: uuid(), topicName: string(), partitions: array(int32()) });
const fromStart = { flexibleFrom: 0 };

/** Share groups in `__consumer_offsets` (KIP-932). */
export const shareGroupRecords = [
  recordKind(
    10,
    memberKey,
    struct({ rackId: nullableString(), clientId: string(), clientHost: string(), subscribedTopicNames: array(string()) }),
    fromStart,
  ),
  recordKind(11, groupKey, struct({ epoch: int32(), metadataHash: int64() }), fromStart),
  recordKind(12, groupKey, struct({ assignmentEpoch: int32(), assignmentTimestamp: int64({ tag: 0 }) }), fromStart),
  recordKind(13, memberKey, struct({ topicPartitions: array(topicPartitions) }), fromStart),
  recordKind(
    14,
    memberKey,
    struct({ memberEpoch: int32(), previousMemberEpoch: int32(), state: int8(), assignedPartitions: array(topicPartitions) }),
    fromStart,
  ),
  recordKind(
    15,
    groupKey,
    struct({
      initializingTopics: array(namedPartitions),
      initializedTopics: array(namedPartitions),
      deletingTopics: array(struct({ topicId: uuid(), topicName: string() })),
    }),
    fromStart,
  ),
];

const shareKey = struct({ groupId: string(), topicId: uuid(), partition: int32() });
const stateBatches = array(struct({ firstOffset: int64(), lastOffset: int64(), deliveryState: int8(), deliveryCount: int16() }));

/** What share groups have dealt with, in `__share_group_state` (KIP-932). */
export const shareStateRecords = [
  recordKind(
    0,
    shareKey,
    struct({
      snapshotEpoch: int32(),
      stateEpoch: int32(),
      leaderEpoch: int32(),
      startOffset: int64(),
      deliveryCompleteCount: int32({ tag: 0, default: -1 }),
      createTimestamp: int64(),
      writeTimestamp: int64(),
      stateBatches,
    }),
    fromStart,
  ),
  recordKind(
    1,
    shareKey,
    struct({
      snapshotEpoch: int32(),
      leaderEpoch: int32(),
      startOffset: int64(),
      deliveryCompleteCount: int32({ tag: 0, default: -1 }),
      stateBatches,
    }),
    fromStart,
  ),
];
