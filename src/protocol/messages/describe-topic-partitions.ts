import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, nullableString, string, uuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { nullableStruct, struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: string(),
    }),
  ),
  responsePartitionLimit: int32({ default: 2000 }),
  cursor: nullableStruct(
    {
      topicName: string(),
      partitionIndex: int32(),
    },
    { default: null },
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      errorCode: int16(),
      name: nullableString(),
      topicId: uuid(),
      isInternal: boolean({ default: false }),
      partitions: array(
        struct({
          errorCode: int16(),
          partitionIndex: int32(),
          leaderId: int32(),
          leaderEpoch: int32({ default: -1 }),
          replicaNodes: array(int32()),
          isrNodes: array(int32()),
          eligibleLeaderReplicas: nullableArray(int32(), { default: null }),
          lastKnownElr: nullableArray(int32(), { default: null }),
          offlineReplicas: array(int32()),
        }),
      ),
      topicAuthorizedOperations: int32({ default: -2147483648 }),
    }),
  ),
  nextCursor: nullableStruct(
    {
      topicName: string(),
      partitionIndex: int32(),
    },
    { default: null },
  ),
});

/** Topics and partitions page by page, with eligible leader replicas (KIP-966); `nextCursor` starts the next page. */
export const DescribeTopicPartitions = defineMessage({
  name: 'DescribeTopicPartitions',
  apiKey: 75,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => body.topics.map(responseError),
});
