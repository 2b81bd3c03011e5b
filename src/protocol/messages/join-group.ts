import { array } from '../array.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, bytes, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  sessionTimeoutMs: int32(),
  rebalanceTimeoutMs: int32({ default: -1 }),
  memberId: string(),
  groupInstanceId: nullableString({ default: null }),
  protocolType: string(),
  protocols: array(
    struct({
      name: string(),
      metadata: bytes(),
    }),
  ),
  reason: nullableString({ since: 8, default: null, ignorable: true }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  generationId: int32({ default: -1 }),
  protocolType: nullableString({ since: 7, default: null, ignorable: true }),
  protocolName: nullableString({ nullableSince: 7 }),
  leader: string(),
  skipAssignment: boolean({ since: 9, default: false }),
  memberId: string(),
  members: array(
    struct({
      memberId: string(),
      groupInstanceId: nullableString({ default: null }),
      metadata: bytes(),
    }),
  ),
});

/** Joins a classic group; the answer waits until the rebalance has gathered everybody, and gives the leader all members. */
export const JoinGroup = defineMessage({
  name: 'JoinGroup',
  apiKey: 11,
  minVersion: 6,
  maxVersion: 9,
  flexibleFrom: 6,
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
