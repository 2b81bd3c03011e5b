import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  users: nullableArray(
    struct({
      name: string(),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString(),
  results: array(
    struct({
      user: string(),
      errorCode: int16(),
      errorMessage: nullableString(),
      credentialInfos: array(
        struct({
          mechanism: int8(),
          iterations: int32(),
        }),
      ),
    }),
  ),
});

/** SCRAM mechanisms and iterations of users, never secrets (KIP-554); null means every user. Mechanism 1 is SHA-256, 2 SHA-512. */
export const DescribeUserScramCredentials = defineMessage({
  name: 'DescribeUserScramCredentials',
  apiKey: 50,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [body, ...body.results].map(responseError),
});
