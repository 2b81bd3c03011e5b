import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  timeoutMs: int32({ default: 60000 }),
  featureUpdates: array(
    struct({
      feature: string(),
      maxVersionLevel: int16(),
      allowDowngrade: boolean({ until: 0, default: false }),
      upgradeType: int8({ since: 1, default: 1 }),
    }),
  ),
  validateOnly: boolean({ since: 1, default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString(),
  results: array(
    struct({
      feature: string(),
      errorCode: int16(),
      errorMessage: nullableString(),
    }),
    { until: 1, default: [], ignorable: true },
  ),
});

/**
 * Raises or lowers feature levels such as `metadata.version` (KIP-584): `upgradeType` 1 upgrades, 2 downgrades without loss, 3 with
 * loss. From version 2 an answer has no result for each feature.
 */
export const UpdateFeatures = defineMessage({
  name: 'UpdateFeatures',
  apiKey: 57,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'controller' },
  errors: (body) => [body, ...body.results].map(responseError),
});
