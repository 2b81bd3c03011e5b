import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, float64, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  entries: array(
    struct({
      entity: array(
        struct({
          entityType: string(),
          entityName: nullableString(),
        }),
      ),
      ops: array(
        struct({
          key: string(),
          value: float64(),
          remove: boolean(),
        }),
      ),
    }),
  ),
  validateOnly: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  entries: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString(),
      entity: array(
        struct({
          entityType: string(),
          entityName: nullableString(),
        }),
      ),
    }),
  ),
});

/** Sets and removes client quotas (KIP-546); a null `entityName` is the default entity. */
export const AlterClientQuotas = defineMessage({
  name: 'AlterClientQuotas',
  apiKey: 49,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => body.entries.map(responseError),
});
