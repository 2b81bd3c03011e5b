import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  statesFilter: array(string(), { since: 4, default: [] }),
  typesFilter: array(string(), { since: 5, default: [] }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  groups: array(
    struct({
      groupId: string(),
      protocolType: string(),
      groupState: string({ since: 4, ignorable: true }),
      groupType: string({ since: 5, ignorable: true }),
    }),
  ),
});

/** Groups that one broker coordinates; ask every broker. Empty filters mean all (states: KIP-518, types: KIP-848). */
export const ListGroups = defineMessage({
  name: 'ListGroups',
  apiKey: 16,
  minVersion: 3,
  maxVersion: 5,
  flexibleFrom: 3,
  request,
  response,
  route: { to: 'broker' },
  errors: (body) => [responseError(body)],
});
