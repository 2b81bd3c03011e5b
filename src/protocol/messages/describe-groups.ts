import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, bytes, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groups: array(string()),
  includeAuthorizedOperations: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  groups: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString({ since: 6, default: null }),
      groupId: string(),
      groupState: string(),
      protocolType: string(),
      protocolData: string(),
      members: array(
        struct({
          memberId: string(),
          groupInstanceId: nullableString({ default: null }),
          clientId: string(),
          clientHost: string(),
          memberMetadata: bytes(),
          memberAssignment: bytes(),
        }),
      ),
      authorizedOperations: int32({ default: -2147483648 }),
    }),
  ),
});

/**
 * Classic groups with their members. Up to version 5 a group that does not exist is answered as a `Dead` one without an error,
 * from version 6 with GROUP_ID_NOT_FOUND (KIP-1043).
 */
export const DescribeGroups = defineMessage({
  name: 'DescribeGroups',
  apiKey: 15,
  minVersion: 5,
  maxVersion: 6,
  flexibleFrom: 5,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: splitList(request, response, {
      asked: (body) => body.groups,
      ask: (body, groups) => ({ ...body, groups }),
      askedKey: (group) => group,
      answered: (body) => body.groups,
      answer: (body, groups) => ({ ...body, groups }),
      answeredKey: (group) => group.groupId,
      code: (group) => group.errorCode,
    }),
  },
  errors: (body) => body.groups.map(responseError),
});
