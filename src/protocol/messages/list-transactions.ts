import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  stateFilters: array(string()),
  producerIdFilters: array(int64()),
  durationFilter: int64({ since: 1, default: -1n }),
  transactionalIdPattern: nullableString({ since: 2, default: null }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  unknownStateFilters: array(string()),
  transactionStates: array(
    struct({
      transactionalId: string(),
      producerId: int64(),
      transactionState: string(),
    }),
  ),
});

/** Transactions that one broker coordinates; ask every broker. Empty filters mean all (KIP-664). */
export const ListTransactions = defineMessage({
  name: 'ListTransactions',
  apiKey: 66,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'broker' },
  errors: (body) => [responseError(body)],
});
