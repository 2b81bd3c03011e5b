import { array } from '../array.js';
import { coordinatorCode } from '../coordinator-code.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalId: string(),
  groupId: string(),
  producerId: int64(),
  producerEpoch: int16(),
  generationId: int32({ since: 3, default: -1 }),
  memberId: string({ since: 3, default: '' }),
  groupInstanceId: nullableString({ since: 3, default: null }),
  topics: array(
    struct({
      name: string(),
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
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
        }),
      ),
    }),
  ),
});

/** Commits offsets of a group as part of a transaction. */
export const TxnOffsetCommit = defineMessage({
  name: 'TxnOffsetCommit',
  apiKey: 28,
  minVersion: 2,
  maxVersion: 4,
  ceiling: 'version 5 belongs to transactions that begin by themselves (KIP-890)',
  flexibleFrom: 3,
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
