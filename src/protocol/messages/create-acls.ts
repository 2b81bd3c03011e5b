import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  creations: array(
    struct({
      resourceType: int8(),
      resourceName: string(),
      resourcePatternType: int8({ default: 3 }),
      principal: string(),
      host: string(),
      operation: int8(),
      permissionType: int8(),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString(),
    }),
  ),
});

/** Adds ACLs; results are in the order of the request. */
export const CreateAcls = defineMessage({
  name: 'CreateAcls',
  apiKey: 30,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => body.results.map(responseError),
});
