import { array } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: string(),
      partitionIndexes: array(int32()),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string(),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
          errorMessage: nullableString({ default: null }),
          activeProducers: array(
            struct({
              producerId: int64(),
              producerEpoch: int32(),
              lastSequence: int32({ default: -1 }),
              lastTimestamp: int64({ default: -1n }),
              coordinatorEpoch: int32(),
              currentTxnStartOffset: int64({ default: -1n }),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Producers and open transactions of partitions (KIP-664). */
export const DescribeProducers = defineMessage({
  name: 'DescribeProducers',
  apiKey: 61,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitionIndexes,
        withPartitions: (topic, partitionIndexes) => ({ ...topic, partitionIndexes }),
        index: (partition) => partition,
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
