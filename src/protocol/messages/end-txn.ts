import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalId: string(),
  producerId: int64(),
  producerEpoch: int16(),
  committed: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
});

/** Commits or aborts a transaction. */
export const EndTxn = defineMessage({
  name: 'EndTxn',
  apiKey: 26,
  minVersion: 1,
  maxVersion: 4,
  ceiling: 'version 5 bumps the epoch with every transaction (KIP-890)',
  flexibleFrom: 3,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'transaction',
    items: single(request, response, {
      key: (body) => body.transactionalId,
      code: (body) => body.errorCode,
    }),
  },
  errors: (body) => [responseError(body)],
});
