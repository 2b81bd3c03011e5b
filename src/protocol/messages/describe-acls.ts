import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  resourceTypeFilter: int8(),
  resourceNameFilter: nullableString(),
  patternTypeFilter: int8({ default: 3 }),
  principalFilter: nullableString(),
  hostFilter: nullableString(),
  operation: int8(),
  permissionType: int8(),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString(),
  resources: array(
    struct({
      resourceType: int8(),
      resourceName: string(),
      patternType: int8({ default: 3 }),
      acls: array(
        struct({
          principal: string(),
          host: string(),
          operation: int8(),
          permissionType: int8(),
        }),
      ),
    }),
  ),
});

/** Lists the ACLs that match a filter; null matches every name, principal or host. */
export const DescribeAcls = defineMessage({
  name: 'DescribeAcls',
  apiKey: 29,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
