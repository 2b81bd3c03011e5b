import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  filters: array(
    struct({
      resourceTypeFilter: int8(),
      resourceNameFilter: nullableString(),
      patternTypeFilter: int8({ default: 3 }),
      principalFilter: nullableString(),
      hostFilter: nullableString(),
      operation: int8(),
      permissionType: int8(),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  filterResults: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString(),
      matchingAcls: array(
        struct({
          errorCode: int16(),
          errorMessage: nullableString(),
          resourceType: int8(),
          resourceName: string(),
          patternType: int8({ default: 3 }),
          principal: string(),
          host: string(),
          operation: int8(),
          permissionType: int8(),
        }),
      ),
    }),
  ),
});

/** Deletes the ACLs that match each filter; results are in the order of the request. */
export const DeleteAcls = defineMessage({
  name: 'DeleteAcls',
  apiKey: 31,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => body.filterResults.flatMap((result) => [result, ...result.matchingAcls]).map(responseError),
});
