import { array } from '../array.js';
import { single } from '../items.js';
import { defineMessage } from '../message.js';
import { bytes, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupId: string(),
  generationId: int32(),
  memberId: string(),
  groupInstanceId: nullableString({ default: null }),
  protocolType: nullableString({ since: 5, default: null, ignorable: true }),
  protocolName: nullableString({ since: 5, default: null, ignorable: true }),
  assignments: array(
    struct({
      memberId: string(),
      assignment: bytes(),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  protocolType: nullableString({ since: 5, default: null, ignorable: true }),
  protocolName: nullableString({ since: 5, default: null, ignorable: true }),
  assignment: bytes(),
});

/** Hands out the leader's assignments in a classic group; every member asks for its own. */
export const SyncGroup = defineMessage({
  name: 'SyncGroup',
  apiKey: 14,
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
  errors: (body) => [responseError(body)],
});
