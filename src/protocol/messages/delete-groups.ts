import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  groupsNames: array(string()),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      groupId: string(),
      errorCode: int16(),
    }),
  ),
});

/** Deletes groups that have no members. */
export const DeleteGroups = defineMessage({
  name: 'DeleteGroups',
  apiKey: 42,
  minVersion: 2,
  maxVersion: 2,
  flexibleFrom: 2,
  request,
  response,
  route: {
    to: 'coordinator',
    type: 'group',
    items: splitList(request, response, {
      asked: (body) => body.groupsNames,
      ask: (body, groupsNames) => ({ ...body, groupsNames }),
      askedKey: (groupId) => groupId,
      answered: (body) => body.results,
      answer: (body, results) => ({ ...body, results }),
      answeredKey: (result) => result.groupId,
      code: (result) => result.errorCode,
    }),
  },
  errors: (body) => body.results.map(responseError),
});
