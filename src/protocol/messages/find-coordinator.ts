import { array } from '../array.js';
import { splitList } from '../items.js';
import { defineMessage } from '../message.js';
import { int16, int32, int8, nullableString, string } from '../primitives.js';
import { ProtocolError } from '../protocol-error.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

const request = struct({
  key: string({ until: 3, default: '' }),
  keyType: int8({ default: 0 }),
  coordinatorKeys: array(string(), { since: 4, default: [] }),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16({ until: 3, default: 0 }),
  errorMessage: nullableString({ until: 3, default: null, ignorable: true }),
  nodeId: int32({ until: 3, default: 0 }),
  host: string({ until: 3, default: '' }),
  port: int32({ until: 3, default: 0 }),
  coordinators: array(
    struct({
      key: string(),
      nodeId: int32(),
      host: string(),
      port: int32(),
      errorCode: int16(),
      errorMessage: nullableString({ ignorable: true }),
    }),
    { since: 4 },
  ),
});

const batched = 4;

function onlyKey(keys: readonly string[] = [], version: number): string {
  const [key, ...others] = keys;
  if (key === undefined || others.length > 0) {
    throw new ProtocolError(`version ${version} finds one coordinator at a time (many need ${batched}), asked for ${keys.length}`);
  }
  return key;
}

/** Finds the coordinators of groups (`keyType` 0) or transactional ids (1). Version 4 takes many keys (KIP-699). */
export const FindCoordinator = defineMessage({
  name: 'FindCoordinator',
  apiKey: 10,
  minVersion: 3,
  maxVersion: 6,
  flexibleFrom: 3,
  request,
  response,
  route: {
    to: 'any',
    items: splitList(request, response, {
      asked: (body) => body.coordinatorKeys ?? [],
      ask: (body, coordinatorKeys) => ({ ...body, coordinatorKeys }),
      askedKey: (key) => key,
      answered: (body) => body.coordinators,
      answer: (body, coordinators) => ({ ...body, coordinators }),
      answeredKey: (coordinator) => coordinator.key,
      code: (coordinator) => coordinator.errorCode,
      limit: (version) => (version < batched ? 1 : Infinity),
    }),
  },
  adapt: {
    before: batched,
    request: ({ coordinatorKeys, ...rest }, version) => ({ ...rest, coordinatorKeys: [], key: onlyKey(coordinatorKeys, version) }),
    response({ errorCode, errorMessage, nodeId, host, port, ...rest }, { coordinatorKeys = [] }) {
      const coordinators = coordinatorKeys.map((key) => ({ key, nodeId, host, port, errorCode, errorMessage }));
      return { ...rest, errorCode: 0, errorMessage: null, nodeId, host, port, coordinators };
    },
  },
  errors: (body) => body.coordinators.map(responseError),
});
