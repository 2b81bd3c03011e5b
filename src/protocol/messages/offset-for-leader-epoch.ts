import { array } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  replicaId: int32({ default: -2 }),
  topics: array(
    struct({
      topic: string(),
      partitions: array(
        struct({
          partition: int32(),
          currentLeaderEpoch: int32({ default: -1 }),
          leaderEpoch: int32(),
        }),
      ),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      topic: string(),
      partitions: array(
        struct({
          errorCode: int16(),
          partition: int32(),
          leaderEpoch: int32({ default: -1 }),
          endOffset: int64({ default: -1n }),
        }),
      ),
    }),
  ),
});

/** Where a leader epoch ends, to find the offset from which a log was truncated (KIP-320). A client is `replicaId` -1. */
export const OffsetForLeaderEpoch = defineMessage({
  name: 'OffsetForLeaderEpoch',
  apiKey: 23,
  minVersion: 3,
  maxVersion: 4,
  flexibleFrom: 4,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedTopic: {
        name: (topic) => topic.topic,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partition,
      },
      answered: (body) => body.topics,
      answer: (body, topics) => ({ ...body, topics }),
      answeredTopic: {
        name: (topic) => topic.topic,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partition,
        code: (partition) => partition.errorCode,
      },
    }),
  },
  errors: (body) => body.topics.flatMap((topic) => topic.partitions.map(responseError)),
});
