import { array, nullableArray } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, nullableString, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: string(),
      count: int32(),
      assignments: nullableArray(
        struct({
          brokerIds: array(int32()),
        }),
      ),
    }),
  ),
  timeoutMs: int32(),
  validateOnly: boolean(),
});

const response = struct({
  throttleTimeMs: int32(),
  results: array(
    struct({
      name: string(),
      errorCode: int16(),
      errorMessage: nullableString({ default: null }),
    }),
  ),
});

/** Raises the number of partitions of topics; `count` is the new total. */
export const CreatePartitions = defineMessage({
  name: 'CreatePartitions',
  apiKey: 37,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  request,
  response,
  route: {
    to: 'controller',
    items: splitList(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedKey: (topic) => topic.name,
      answered: (body) => body.results,
      answer: (body, results) => ({ ...body, results }),
      answeredKey: (result) => result.name,
      code: (result) => result.errorCode,
    }),
  },
  errors: (body) => body.results.map(responseError),
});
