import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  generationId: int32(),
  memberId: string(),
  groupInstanceId: nullableString({ default: null }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
});

/** Keeps a member of a classic group alive; REBALANCE_IN_PROGRESS tells it to join again. */
export const Heartbeat = defineMessage({
  name: 'Heartbeat',
  apiKey: 12,
  minVersion: 4,
  maxVersion: 4,
  flexibleFrom: 4,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: single(request, response, {
      key: (body) => body.groupId,
      code: (body) => body.errorCode,
    }),
  },
  errors: (body) => [responseError(body)],
});
