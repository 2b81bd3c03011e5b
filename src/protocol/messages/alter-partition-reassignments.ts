import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  timeoutMs: int32({ default: 60000 }),
  allowReplicationFactorChange: boolean({ since: 1, default: true }),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          replicas: nullableArray(int32(), { default: null }),
        }),
      ),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  allowReplicationFactorChange: boolean({ since: 1, default: true, ignorable: true }),
  errorCode: int16(),
  errorMessage: nullableString(),
  responses: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
          errorMessage: nullableString(),
        }),
      ),
    }),
  ),
});

/** Starts moving partitions to other brokers; `replicas: null` cancels a move (KIP-455). */
export const AlterPartitionReassignments = defineMessage({
  name: 'AlterPartitionReassignments',
  apiKey: 45,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'controller' },
  errors: (body) => [body, ...body.responses.flatMap((topic) => topic.partitions)].map(responseError),
});
