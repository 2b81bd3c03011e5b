import { array } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          offset: int64(),
        }),
      ),
    }),
  ),
  timeoutMs: int32(),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          lowWatermark: int64(),
          errorCode: int16(),
        }),
      ),
    }),
  ),
});

/** Deletes the records before `offset`; -1 means the high watermark. Answers with the new start of each partition. */
export const DeleteRecords = defineMessage({
  name: 'DeleteRecords',
  apiKey: 21,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partitionIndex,
      },
      answered: (body) => body.topics,
      answer: (body, topics) => ({ ...body, topics }),
      answeredTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partitionIndex,
        code: (partition) => partition.errorCode,
      },
    }),
  },
  errors: (body) => body.topics.flatMap((topic) => topic.partitions.map(responseError)),
});
