import { array, nullableArray } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

// `configurationKeys: null` asks for every config.
const request = struct({
  resources: array(
    struct({
      resourceType: int8(),
      resourceName: string(),
      configurationKeys: nullableArray(string()),
    }),
  ),
  includeSynonyms: boolean({ default: false }),
  includeDocumentation: boolean({ since: 3, default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString(),
      resourceType: int8(),
      resourceName: string(),
      configs: array(
        struct({
          name: string(),
          value: nullableString(),
          readOnly: boolean(),
          configSource: int8({ default: -1 }),
          isSensitive: boolean(),
          synonyms: array(
            struct({
              name: string(),
              value: nullableString(),
              source: int8(),
            }),
          ),
          configType: int8({ since: 3, default: 0, ignorable: true }),
          documentation: nullableString({ since: 3, ignorable: true }),
        }),
      ),
    }),
  ),
});

/**
 * Reads the configs of topics (type 2), brokers (4), loggers (8), client metrics (16) and groups (32).
 * Ask a broker for its own configs and loggers: the others do not know them.
 */
export const DescribeConfigs = defineMessage({
  name: 'DescribeConfigs',
  apiKey: 32,
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 4,
  request,
  response,
  route: {
    to: 'any',
    items: splitList(request, response, {
      asked: (body) => body.resources,
      ask: (body, resources) => ({ ...body, resources }),
      askedKey: ({ resourceType, resourceName }) => `${resourceType}:${resourceName}`,
      answered: (body) => body.results,
      answer: (body, results) => ({ ...body, results }),
      answeredKey: ({ resourceType, resourceName }) => `${resourceType}:${resourceName}`,
      code: (result) => result.errorCode,
    }),
  },
  errors: (body) => body.results.map(responseError),
});
