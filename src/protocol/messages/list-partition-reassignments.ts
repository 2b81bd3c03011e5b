import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  timeoutMs: int32({ default: 60000 }),
  topics: nullableArray(
    struct({
      name: string(),
      partitionIndexes: array(int32()),
    }),
    { default: null },
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          replicas: array(int32()),
          addingReplicas: array(int32()),
          removingReplicas: array(int32()),
        }),
      ),
    }),
  ),
});

/** Partitions that are moving; `topics: null` asks for all (KIP-455). */
export const ListPartitionReassignments = defineMessage({
  name: 'ListPartitionReassignments',
  apiKey: 46,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'controller' },
  errors: (body) => [responseError(body)],
});
