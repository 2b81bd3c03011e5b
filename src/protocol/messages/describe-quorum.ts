import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableString, string, uint16, uuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      topicName: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
        }),
      ),
    }),
  ),
});

const response = struct({
  errorCode: int16(),
  errorMessage: nullableString({ since: 2, ignorable: true }),
  topics: array(
    struct({
      topicName: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
          errorMessage: nullableString({ since: 2, ignorable: true }),
          leaderId: int32(),
          leaderEpoch: int32(),
          highWatermark: int64(),
          currentVoters: array(
            struct({
              replicaId: int32(),
              replicaDirectoryId: uuid({ since: 2 }),
              logEndOffset: int64(),
              lastFetchTimestamp: int64({ since: 1, default: -1n, ignorable: true }),
              lastCaughtUpTimestamp: int64({ since: 1, default: -1n, ignorable: true }),
            }),
          ),
          observers: array(
            struct({
              replicaId: int32(),
              replicaDirectoryId: uuid({ since: 2 }),
              logEndOffset: int64(),
              lastFetchTimestamp: int64({ since: 1, default: -1n, ignorable: true }),
              lastCaughtUpTimestamp: int64({ since: 1, default: -1n, ignorable: true }),
            }),
          ),
        }),
      ),
    }),
  ),
  nodes: array(
    struct({
      nodeId: int32(),
      listeners: array(
        struct({
          name: string(),
          host: string(),
          port: uint16(),
        }),
      ),
    }),
    { since: 2 },
  ),
});

/** The KRaft voters and observers with their lag; the partition is `__cluster_metadata` 0 (KIP-595). */
export const DescribeQuorum = defineMessage({
  name: 'DescribeQuorum',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [body, ...body.topics.flatMap((topic) => topic.partitions)].map(responseError),
});
