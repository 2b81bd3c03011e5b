import { array } from '../array.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  members: array(
    struct({
      memberId: string(),
      groupInstanceId: nullableString({ default: null }),
      reason: nullableString({ since: 5, default: null, ignorable: true }),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  members: array(
    struct({
      memberId: string(),
      groupInstanceId: nullableString(),
      errorCode: int16(),
    }),
  ),
});

/** Removes members from a classic group (KIP-345); static members go by `groupInstanceId` with an empty `memberId`. */
export const LeaveGroup = defineMessage({
  name: 'LeaveGroup',
  apiKey: 13,
  minVersion: 4,
  maxVersion: 5,
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
  errors: (body) => [body, ...body.members].map(responseError),
});
