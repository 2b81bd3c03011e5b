import { array, nullableArray } from '../array.js';
import { int16, int32, int64, int8, string } from '../primitives.js';
import { struct } from '../struct.js';
import { recordKind } from './coordinator-record.js';

/** States of transactional ids in `__transaction_state`. */
export const transactionRecords = [
  recordKind(
    0,
    struct({ transactionalId: string() }),
    struct({
      producerId: int64(),
      previousProducerId: int64({ since: 1, tag: 0, default: -1n }),
      nextProducerId: int64({ since: 1, tag: 1, default: -1n }),
      producerEpoch: int16(),
      nextProducerEpoch: int16({ since: 1, tag: 3, default: -1 }),
      transactionTimeoutMs: int32(),
      transactionStatus: int8(),
      transactionPartitions: nullableArray(struct({ topic: string(), partitionIds: array(int32()) })),
      transactionLastUpdateTimestampMs: int64(),
      transactionStartTimestampMs: int64(),
      clientTransactionVersion: int16({ since: 1, tag: 2 }),
    }),
    { maxVersion: 1, flexibleFrom: 1 },
  ),
];
