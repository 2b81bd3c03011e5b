import { array } from '../array.js';
import { coordinatorCode } from '../coordinator-code.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  topics: array(
    struct({
      name: string(),
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

/** Deletes committed offsets of a group (KIP-496). */
export const OffsetDelete = defineMessage({
  name: 'OffsetDelete',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: undefined,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: single(request, response, {
      key: (body) => body.groupId,
      code: (body) =>
        coordinatorCode(
          body.errorCode,
          body.topics.flatMap((topic) => topic.partitions.map((partition) => partition.errorCode)),
        ),
    }),
  },
  errors: (body) => [body, ...body.topics.flatMap((topic) => topic.partitions)].map(responseError),
});
