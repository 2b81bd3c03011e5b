import { array } from '../array.js';
import { coordinatorCode } from '../coordinator-code.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, string } from '../primitives.js';
import { struct } from '../struct.js';

const request = struct({
  v3AndBelowTransactionalId: string(),
  v3AndBelowProducerId: int64(),
  v3AndBelowProducerEpoch: int16(),
  v3AndBelowTopics: array(
    struct({
      name: string(),
      partitions: array(int32()),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  resultsByTopicV3AndBelow: array(
    struct({
      name: string(),
      resultsByPartition: array(
        struct({
          partitionIndex: int32(),
          partitionErrorCode: int16(),
        }),
      ),
    }),
  ),
});

/** Makes partitions part of a transaction before it writes to them. */
export const AddPartitionsToTxn = defineMessage({
  name: 'AddPartitionsToTxn',
  apiKey: 24,
  minVersion: 1,
  maxVersion: 3,
  ceiling: 'versions 4 and newer are for brokers (KIP-890)',
  flexibleFrom: 3,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'transaction',
    items: single(request, response, {
      key: (body) => body.v3AndBelowTransactionalId,
      code: (body) =>
        coordinatorCode(
          0,
          body.resultsByTopicV3AndBelow.flatMap((topic) =>
            topic.resultsByPartition.map((partition) => partition.partitionErrorCode),
          ),
        ),
    }),
  },
  errors: (body) =>
    body.resultsByTopicV3AndBelow.flatMap((topic) => topic.resultsByPartition.map(({ partitionErrorCode: code }) => ({ code }))),
});
