import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, nullableString, string, uuid, zeroUuid } from '../primitives.js';
import { ProtocolError } from '../protocol-error.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  topics: array(
    struct({
      name: nullableString({ default: null }),
      topicId: uuid({ default: zeroUuid }),
    }),
    { since: 6, default: [] },
  ),
  topicNames: array(string(), { until: 5, default: [], ignorable: true }),
  timeoutMs: int32(),
});

const response = struct({
  throttleTimeMs: int32(),
  responses: array(
    struct({
      name: nullableString({ nullableSince: 6 }),
      topicId: uuid({ since: 6, ignorable: true }),
      errorCode: int16(),
      errorMessage: nullableString({ since: 5, default: null, ignorable: true }),
    }),
  ),
});

// The answer to a deletion by id may name the topic and the answer to one by name may carry an id, so only names can be matched.
function nameOf({ name }: { readonly name?: string | null | undefined }): string {
  if (name === null || name === undefined) throw new ProtocolError('a topic to delete must have a name');
  return name;
}

/** Deletes topics by name; deletion by id (KIP-516) is part of the wire form but not of the split. */
export const DeleteTopics = defineMessage({
  name: 'DeleteTopics',
  apiKey: 20,
  minVersion: 4,
  maxVersion: 6,
  flexibleFrom: 4,
  request,
  response,
  route: {
    to: 'controller',
    items: splitList(request, response, {
      asked: (body) => body.topics ?? [],
      ask: (body, topics) => ({ ...body, topics }),
      askedKey: nameOf,
      answered: (body) => body.responses,
      answer: (body, responses) => ({ ...body, responses }),
      answeredKey: (result) => result.name ?? '',
      code: (result) => result.errorCode,
    }),
  },
  adapt: {
    before: 6,
    request: ({ topics = [], ...rest }) => ({ ...rest, topics: [], topicNames: topics.map(nameOf) }),
    response: (body) => body,
  },
  errors: (body) => body.responses.map(responseError),
});
