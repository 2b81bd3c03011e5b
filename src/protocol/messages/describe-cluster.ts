import { array } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  includeClusterAuthorizedOperations: boolean(),
  endpointType: int8({ since: 1, default: 1 }),
  includeFencedBrokers: boolean({ since: 2, default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16(),
  errorMessage: nullableString({ default: null }),
  endpointType: int8({ since: 1, default: 1 }),
  clusterId: string(),
  controllerId: int32({ default: -1 }),
  brokers: array(
    struct({
      brokerId: int32(),
      host: string(),
      port: int32(),
      rack: nullableString({ default: null }),
      isFenced: boolean({ since: 2 }),
    }),
  ),
  clusterAuthorizedOperations: int32({ default: -2147483648 }),
});

/** Cluster id, controller and brokers (KIP-700). */
export const DescribeCluster = defineMessage({
  name: 'DescribeCluster',
  apiKey: 60,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  request,
  response,
  route: { to: 'any' },
  errors: (body) => [responseError(body)],
});
