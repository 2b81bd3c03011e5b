import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, nullableString, string, uuid, zeroUuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

// `topics: null` asks for every topic, an empty array for none. A topic goes by name or, from version 12, by id (KIP-516).
const request = struct({
  topics: nullableArray(
    struct({
      topicId: uuid({ since: 10, default: zeroUuid, ignorable: true }),
      name: nullableString({ nullableSince: 10 }),
    }),
  ),
  allowAutoTopicCreation: boolean({ default: true }),
  includeClusterAuthorizedOperations: boolean({ until: 10, default: false }),
  includeTopicAuthorizedOperations: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  brokers: array(
    struct({
      nodeId: int32(),
      host: string(),
      port: int32(),
      rack: nullableString({ default: null }),
    }),
  ),
  clusterId: nullableString({ default: null }),
  controllerId: int32({ default: -1 }),
  topics: array(
    struct({
      errorCode: int16(),
      name: nullableString({ nullableSince: 12 }),
      topicId: uuid({ since: 10, ignorable: true }),
      isInternal: boolean({ default: false }),
      partitions: array(
        struct({
          errorCode: int16(),
          partitionIndex: int32(),
          leaderId: int32(),
          leaderEpoch: int32({ default: -1 }),
          replicaNodes: array(int32()),
          isrNodes: array(int32()),
          offlineReplicas: array(int32()),
        }),
      ),
      topicAuthorizedOperations: int32({ default: -2147483648 }),
    }),
  ),
  clusterAuthorizedOperations: int32({ until: 10, default: -2147483648 }),
  errorCode: int16({ since: 13, ignorable: true }),
});

/** Brokers, topics, partitions and leaders. An error of one topic or partition is data; only `errorCode` concerns the whole answer. */
export const Metadata = defineMessage({
  name: 'Metadata',
  apiKey: 3,
  minVersion: 9,
  maxVersion: 13,
  flexibleFrom: 9,
  request,
  response,
  route: { to: 'any' },
  // Errors of topics are left out: a leaderless or deleted topic is what an operator came to see.
  errors: (body) => [responseError(body)],
});
