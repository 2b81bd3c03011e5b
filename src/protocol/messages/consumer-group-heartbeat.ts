import { array, nullableArray } from '../array.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, nullableString, string, uuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { nullableStruct, struct } from '../struct.js';

const request = struct({
  groupId: string(),
  memberId: string(),
  memberEpoch: int32(),
  instanceId: nullableString({ default: null }),
  rackId: nullableString({ default: null }),
  rebalanceTimeoutMs: int32({ default: -1 }),
  subscribedTopicNames: nullableArray(string(), { default: null }),
  subscribedTopicRegex: nullableString({ since: 1, default: null }),
  serverAssignor: nullableString({ default: null }),
  topicPartitions: nullableArray(
    struct({
      topicId: uuid(),
      partitions: array(int32()),
    }),
    { default: null },
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString({ default: null }),
  memberId: nullableString({ default: null }),
  memberEpoch: int32(),
  heartbeatIntervalMs: int32(),
  assignment: nullableStruct(
    {
      topicPartitions: array(
        struct({
          topicId: uuid(),
          partitions: array(int32()),
        }),
      ),
    },
    { default: null },
  ),
});

/**
 * The one call of the new group protocol (KIP-848): joins with `memberEpoch` 0, stays with the epoch it was given, leaves with -1,
 * or -2 for a static member that comes back. A null field means unchanged.
 */
export const ConsumerGroupHeartbeat = defineMessage({
  name: 'ConsumerGroupHeartbeat',
  apiKey: 68,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: single(request, response, {
      key: (body) => body.groupId,
      code: (body) => body.errorCode,
    }),
  },
  errors: (body) => [responseError(body)],
});
