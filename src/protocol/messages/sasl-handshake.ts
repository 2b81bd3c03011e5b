import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { int16, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  mechanism: string(),
});

const response = struct({
  errorCode: int16(),
  mechanisms: array(string()),
});

/** Names the SASL mechanism to authenticate with. */
export const SaslHandshake = defineMessage({
  name: 'SaslHandshake',
  apiKey: 17,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: undefined,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
