import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  resources: array(
    struct({
      resourceType: int8(),
      resourceName: string(),
      configs: array(
        struct({
          name: string(),
          configOperation: int8(),
          value: nullableString(),
        }),
      ),
    }),
  ),
  validateOnly: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  responses: array(
    struct({
      errorCode: int16(),
      errorMessage: nullableString(),
      resourceType: int8(),
      resourceName: string(),
    }),
  ),
});

/**
 * Changes single configs of resources (KIP-339): operation 0 sets, 1 deletes, 2 appends, 3 subtracts.
 * A broker's own configs and loggers must be changed at that broker.
 */
export const IncrementalAlterConfigs = defineMessage({
  name: 'IncrementalAlterConfigs',
  apiKey: 44,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 1,
  request,
  response,
  route: {
    to: 'any',
    items: splitList(request, response, {
      asked: (body) => body.resources,
      ask: (body, resources) => ({ ...body, resources }),
      askedKey: ({ resourceType, resourceName }) => `${resourceType}:${resourceName}`,
      answered: (body) => body.responses,
      answer: (body, responses) => ({ ...body, responses }),
      answeredKey: ({ resourceType, resourceName }) => `${resourceType}:${resourceName}`,
      code: (result) => result.errorCode,
    }),
  },
  errors: (body) => body.responses.map(responseError),
});
