import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, float64, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  components: array(
    struct({
      entityType: string(),
      matchType: int8(),
      match: nullableString(),
    }),
  ),
  strict: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString(),
  entries: nullableArray(
    struct({
      entity: array(
        struct({
          entityType: string(),
          entityName: nullableString(),
        }),
      ),
      values: array(
        struct({
          key: string(),
          value: float64(),
        }),
      ),
    }),
  ),
});

/** Lists client quotas (KIP-546). `matchType` 0 is an exact name, 1 the default entity, 2 any name. */
export const DescribeClientQuotas = defineMessage({
  name: 'DescribeClientQuotas',
  apiKey: 48,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
