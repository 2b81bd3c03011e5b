import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalIds: array(string()),
});

const response = struct({
  throttleTimeMs: int32(),
  transactionStates: array(
    struct({
      errorCode: int16(),
      transactionalId: string(),
      transactionState: string(),
      transactionTimeoutMs: int32(),
      transactionStartTimeMs: int64(),
      producerId: int64(),
      producerEpoch: int16(),
      topics: array(
        struct({
          topic: string(),
          partitions: array(int32()),
        }),
      ),
    }),
  ),
});

/** State of transactions by transactional id (KIP-664). */
export const DescribeTransactions = defineMessage({
  name: 'DescribeTransactions',
  apiKey: 65,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'transaction',
    items: splitList(request, response, {
      asked: (body) => body.transactionalIds,
      ask: (body, transactionalIds) => ({ ...body, transactionalIds }),
      askedKey: (id) => id,
      answered: (body) => body.transactionStates,
      answer: (body, transactionStates) => ({ ...body, transactionStates }),
      answeredKey: (state) => state.transactionalId,
      code: (state) => state.errorCode,
    }),
  },
  errors: (body) => body.transactionStates.map(responseError),
});
