import { array, nullableArray } from '../array.js';
import { splitPartitions } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, int8, nullableBytes, nullableString, string, uuid, zeroUuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  clusterId: nullableString({ since: 12, default: null, ignorable: true, tag: 0 }),
  replicaId: int32({ default: -1 }),
  maxWaitMs: int32(),
  minBytes: int32(),
  maxBytes: int32({ default: 0x7fffffff }),
  isolationLevel: int8({ default: 0 }),
  sessionId: int32({ default: 0 }),
  sessionEpoch: int32({ default: -1 }),
  topics: array(
    struct({
      topic: string({ until: 12, default: '', ignorable: true }),
      topicId: uuid({ since: 13, default: zeroUuid, ignorable: true }),
      partitions: array(
        struct({
          partition: int32(),
          currentLeaderEpoch: int32({ default: -1 }),
          fetchOffset: int64(),
          lastFetchedEpoch: int32({ since: 12, default: -1 }),
          logStartOffset: int64({ default: -1n }),
          partitionMaxBytes: int32(),
        }),
      ),
    }),
  ),
  forgottenTopicsData: array(
    struct({
      topic: string({ until: 12, default: '', ignorable: true }),
      topicId: uuid({ since: 13, default: zeroUuid, ignorable: true }),
      partitions: array(int32()),
    }),
  ),
  rackId: string({ default: '' }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  sessionId: int32({ default: 0 }),
  responses: array(
    struct({
      topic: string({ until: 12, default: '', ignorable: true }),
      topicId: uuid({ since: 13, default: zeroUuid, ignorable: true }),
      partitions: array(
        struct({
          partitionIndex: int32(),
          errorCode: int16(),
          highWatermark: int64(),
          lastStableOffset: int64({ default: -1n }),
          logStartOffset: int64({ default: -1n }),
          divergingEpoch: struct(
            {
              epoch: int32({ default: -1 }),
              endOffset: int64({ default: -1n }),
            },
            { since: 12, tag: 0 },
          ),
          currentLeader: struct(
            {
              leaderId: int32({ default: -1 }),
              leaderEpoch: int32({ default: -1 }),
            },
            { since: 12, tag: 1 },
          ),
          snapshotId: struct(
            {
              endOffset: int64({ default: -1n }),
              epoch: int32({ default: -1 }),
            },
            { since: 12, tag: 2 },
          ),
          abortedTransactions: nullableArray(
            struct({
              producerId: int64(),
              firstOffset: int64(),
            }),
          ),
          preferredReadReplica: int32({ default: -1 }),
          records: nullableBytes(),
        }),
      ),
    }),
  ),
});

/**
 * Reads record batches; `records` are views on the frame, and the last batch of a partition may be cut short.
 * `sessionId` 0 with `sessionEpoch` -1 fetches without a session (KIP-227). Version 13 names topics by their ids only (KIP-516).
 */
export const Fetch = defineMessage({
  name: 'Fetch',
  apiKey: 1,
  minVersion: 11,
  maxVersion: 13,
  ceiling: 'version 14 answers with an error of tiered storage (KIP-405)',
  flexibleFrom: 12,
  request,
  response,
  route: {
    to: 'leader',
    items: splitPartitions(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedTopic: {
        name: (topic) => topic.topic ?? '',
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partition,
      },
      answered: (body) => body.responses,
      answer: (body, responses) => ({ ...body, responses }),
      answeredTopic: {
        name: (topic) => topic.topic,
        partitions: (topic) => topic.partitions,
        withPartitions: (topic, partitions) => ({ ...topic, partitions }),
        index: (partition) => partition.partitionIndex,
        code: (partition) => partition.errorCode,
      },
      code: (body) => body.errorCode,
    }),
  },
  errors: (body) => [body, ...body.responses.flatMap((topic) => topic.partitions)].map(responseError),
});
