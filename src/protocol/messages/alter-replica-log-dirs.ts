import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  dirs: array(
    struct({
      path: string(),
      topics: array(
        struct({
          name: string(),
          partitions: array(int32()),
        }),
      ),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      topicName: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
        }),
      ),
    }),
  ),
});

/** Moves replicas of one broker between its log directories (KIP-113). */
export const AlterReplicaLogDirs = defineMessage({
  name: 'AlterReplicaLogDirs',
  apiKey: 34,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'broker' },
  errors: (body) => body.results.flatMap((topic) => topic.partitions.map(responseError)),
});
