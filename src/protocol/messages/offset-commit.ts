import { array } from '../array.js';
import { coordinatorCode } from '../coordinator-code.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableString, string, uuid, zeroUuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  generationIdOrMemberEpoch: int32({ default: -1 }),
  memberId: string(),
  groupInstanceId: nullableString({ default: null }),
  topics: array(
    struct({
      name: string({ until: 9, default: '', ignorable: true }),
      topicId: uuid({ since: 10, default: zeroUuid, ignorable: true }),
      partitions: array(
        struct({
          partitionIndex: int32(),
          committedOffset: int64(),
          committedLeaderEpoch: int32({ default: -1 }),
          committedMetadata: nullableString(),
        }),
      ),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string({ until: 9, default: '', ignorable: true }),
      topicId: uuid({ since: 10, default: zeroUuid, ignorable: true }),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
        }),
      ),
    }),
  ),
});

/**
 * Commits offsets of a group. Outside of membership: generation -1 and an empty member id, accepted only while the group is empty.
 * Version 10 names topics by their ids only (KIP-848), so that no offset of a topic that is gone is committed for another of its name.
 */
export const OffsetCommit = defineMessage({
  name: 'OffsetCommit',
  apiKey: 8,
  minVersion: 8,
  maxVersion: 10,
  flexibleFrom: 8,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: single(request, response, {
      key: (body) => body.groupId,
      code: (body) =>
        coordinatorCode(
          0,
          body.topics.flatMap((topic) => topic.partitions.map((partition) => partition.errorCode)),
        ),
    }),
  },
  errors: (body) => body.topics.flatMap((topic) => topic.partitions.map(responseError)),
});
