import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { bytes, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  deletions: array(
    struct({
      name: string(),
      mechanism: int8(),
    }),
  ),
  upsertions: array(
    struct({
      name: string(),
      mechanism: int8(),
      iterations: int32(),
      salt: bytes(),
      saltedPassword: bytes(),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      user: string(),
      errorCode: int16(),
      errorMessage: nullableString(),
    }),
  ),
});

/** Sets and deletes SCRAM credentials; the password is salted by the client (KIP-554). */
export const AlterUserScramCredentials = defineMessage({
  name: 'AlterUserScramCredentials',
  apiKey: 51,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'controller' },
  errors: (body) => body.results.map(responseError),
});
