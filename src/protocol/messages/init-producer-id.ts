import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int64, nullableString } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalId: nullableString(),
  transactionTimeoutMs: int32(),
  producerId: int64({ since: 3, default: -1n }),
  producerEpoch: int16({ since: 3, default: -1 }),
  enable2Pc: boolean({ since: 6, default: false }),
  keepPreparedTxn: boolean({ since: 6, default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  producerId: int64({ default: -1n }),
  producerEpoch: int16(),
  ongoingTxnProducerId: int64({ since: 6, default: -1n }),
  ongoingTxnProducerEpoch: int16({ since: 6, default: -1 }),
});

/** Assigns a producer id; version 3 bumps the epoch of an existing one (KIP-360). Without `transactionalId` any broker answers. */
export const InitProducerId = defineMessage({
  name: 'InitProducerId',
  apiKey: 22,
  minVersion: 2,
  maxVersion: 6,
  flexibleFrom: 2,
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
