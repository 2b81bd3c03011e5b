import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  electionType: int8(),
  topicPartitions: nullableArray(
    struct({
      topic: string(),
      partitions: array(int32()),
    }),
  ),
  timeoutMs: int32({ default: 60000 }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  replicaElectionResults: array(
    struct({
      topic: string(),
      partitionResult: array(
        struct({
          partitionId: int32(),
          errorCode: int16(),
          errorMessage: nullableString(),
        }),
      ),
    }),
  ),
});

/** Elects the preferred leader (`electionType` 0) or any live replica (1, loses records) of partitions; null means all (KIP-460). */
export const ElectLeaders = defineMessage({
  name: 'ElectLeaders',
  apiKey: 43,
  minVersion: 2,
  maxVersion: 2,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'controller' },
  errors: (body) => [body, ...body.replicaElectionResults.flatMap((topic) => topic.partitionResult)].map(responseError),
});
