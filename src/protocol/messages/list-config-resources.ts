import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  resourceTypes: array(int8(), { since: 1, default: [] }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  configResources: array(
    struct({
      resourceName: string(),
      resourceType: int8({ since: 1, default: 16, ignorable: true }),
    }),
  ),
});

/** Names of resources that have configs (KIP-1142). Version 0 lists client metrics only. */
export const ListConfigResources = defineMessage({
  name: 'ListConfigResources',
  apiKey: 74,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
