import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  transactionalId: string(),
  producerId: int64(),
  producerEpoch: int16(),
  groupId: string(),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
});

/** Makes the offsets of a group part of a transaction before it commits them. */
export const AddOffsetsToTxn = defineMessage({
  name: 'AddOffsetsToTxn',
  apiKey: 25,
  minVersion: 1,
  maxVersion: 4,
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
