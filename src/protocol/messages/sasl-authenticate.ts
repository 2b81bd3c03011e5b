import { defineMessage } from '../message.js';
import { bytes, int16, int64, nullableString } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  authBytes: bytes(),
});

const response = struct({
  errorCode: int16(),
  errorMessage: nullableString(),
  authBytes: bytes(),
  sessionLifetimeMs: int64({ default: 0n }),
});

/** One step of a SASL exchange; `sessionLifetimeMs` says when to authenticate again (KIP-368). */
export const SaslAuthenticate = defineMessage({
  name: 'SaslAuthenticate',
  apiKey: 36,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
