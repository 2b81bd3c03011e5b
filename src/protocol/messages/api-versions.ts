import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  clientSoftwareName: string({ since: 3, default: '', ignorable: true }),
  clientSoftwareVersion: string({ since: 3, default: '', ignorable: true }),
});

const response = struct({
  errorCode: int16(),
  apiKeys: array(
    struct({
      apiKey: int16(),
      minVersion: int16(),
      maxVersion: int16(),
    }),
  ),
  throttleTimeMs: int32({ since: 1, ignorable: true }),
  supportedFeatures: array(
    struct({
      name: string(),
      minVersion: int16(),
      maxVersion: int16(),
    }),
    { since: 3, default: [], ignorable: true, tag: 0 },
  ),
  finalizedFeaturesEpoch: int64({ since: 3, default: -1n, ignorable: true, tag: 1 }),
  finalizedFeatures: array(
    struct({
      name: string(),
      maxVersionLevel: int16(),
      minVersionLevel: int16(),
    }),
    { since: 3, default: [], ignorable: true, tag: 2 },
  ),
  zkMigrationReady: boolean({ since: 3, default: false, ignorable: true, tag: 3 }),
});

/** What each broker speaks. A broker that does not know the version asked answers in version 0 with UNSUPPORTED_VERSION (KIP-511). */
export const ApiVersions = defineMessage({
  name: 'ApiVersions',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
