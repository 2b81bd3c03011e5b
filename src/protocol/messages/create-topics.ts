import { array, nullableArray } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int8, nullableString, string, uuid } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: string(),
      numPartitions: int32(),
      replicationFactor: int16(),
      assignments: array(
        struct({
          partitionIndex: int32(),
          brokerIds: array(int32()),
        }),
      ),
      configs: array(
        struct({
          name: string(),
          value: nullableString(),
        }),
      ),
    }),
  ),
  timeoutMs: int32({ default: 60000 }),
  validateOnly: boolean({ default: false }),
});

const response = struct({
  throttleTimeMs: int32(),
  topics: array(
    struct({
      name: string(),
      topicId: uuid({ since: 7, ignorable: true }),
      errorCode: int16(),
      errorMessage: nullableString(),
      topicConfigErrorCode: int16({ tag: 0 }),
      numPartitions: int32({ default: -1 }),
      replicationFactor: int16({ default: -1 }),
      configs: nullableArray(
        struct({
          name: string(),
          value: nullableString(),
          readOnly: boolean(),
          configSource: int8({ default: -1 }),
          isSensitive: boolean(),
        }),
      ),
    }),
  ),
});

/** Creates topics; `numPartitions` and `replicationFactor` of -1 mean the broker's defaults, or that `assignments` says it. */
export const CreateTopics = defineMessage({
  name: 'CreateTopics',
  apiKey: 19,
  minVersion: 5,
  maxVersion: 7,
  flexibleFrom: 5,
  request,
  response,
  route: {
    to: 'controller',
    items: splitList(request, response, {
      asked: (body) => body.topics,
      ask: (body, topics) => ({ ...body, topics }),
      askedKey: (topic) => topic.name,
      answered: (body) => body.topics,
      answer: (body, topics) => ({ ...body, topics }),
      answeredKey: (topic) => topic.name,
      code: (topic) => topic.errorCode,
    }),
  },
  errors: (body) => body.topics.map(responseError),
});
