import { array } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableBytes, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalId: nullableString({ default: null }),
  acks: int16(),
  timeoutMs: int32(),
  topicData: array(
    struct({
      name: string(),
      partitionData: array(
        struct({
          index: int32(),
          records: nullableBytes(),
        }),
      ),
    }),
  ),
});

const response = struct({
  responses: array(
    struct({
      name: string(),
      partitionResponses: array(
        struct({
          index: int32(),
          errorCode: int16(),
          baseOffset: int64(),
          logAppendTimeMs: int64({ default: -1n }),
          logStartOffset: int64({ default: -1n }),
          recordErrors: array(
            struct({
              batchIndex: int32(),
              batchIndexErrorMessage: nullableString({ default: null }),
            }),
          ),
          errorMessage: nullableString({ default: null }),
          currentLeader: struct(
            {
              leaderId: int32({ default: -1 }),
              leaderEpoch: int32({ default: -1 }),
            },
            { since: 10, tag: 0 },
          ),
        }),
      ),
    }),
  ),
  throttleTimeMs: int32({ default: 0 }),
  nodeEndpoints: array(
    struct({
      nodeId: int32(),
      host: string(),
      port: int32(),
      rack: nullableString({ default: null }),
    }),
    { since: 10, tag: 0 },
  ),
});

/** Appends record batches. With `acks` 0 a broker sends no answer at all. */
export const Produce = defineMessage({
  name: 'Produce',
  apiKey: 0,
  minVersion: 8,
  maxVersion: 11,
  ceiling: 'version 12 changes how transactions begin (KIP-890) and 13 wants topic ids (KIP-516)',
  flexibleFrom: 9,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topicData,
      ask: (body, topicData) => ({ ...body, topicData }),
      askedTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitionData,
        withPartitions: (topic, partitionData) => ({ ...topic, partitionData }),
        index: (partition) => partition.index,
      },
      answered: (body) => body.responses,
      answer: (body, responses) => ({ ...body, responses }),
      answeredTopic: {
        name: (topic) => topic.name,
        partitions: (topic) => topic.partitionResponses,
        withPartitions: (topic, partitionResponses) => ({ ...topic, partitionResponses }),
        index: (partition) => partition.index,
        code: (partition) => partition.errorCode,
      },
    }),
  },
  errors: (body) => body.responses.flatMap((topic) => topic.partitionResponses.map(responseError)),
});
