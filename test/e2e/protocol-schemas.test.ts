import { expect, inject, test } from 'vitest';
import type { AnyField } from '../../src/protocol/field.js';
import { codingOf, type AnyMessage } from '../../src/protocol/message.js';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
  consumerProtocolVersion,
} from '../../src/protocol/messages/consumer-protocol.js';
import { defaultKafkaVersion } from '../../src/sandbox/locate-kafka.js';
import { allMessages, versionsOf } from '../unit/protocol/all-messages.js';
import { inRange, parseRange, readKafkaSchemas, type KafkaSchema } from './protocol/kafka-schema.js';
import { kafkaLayout, ourLayout } from './protocol/layout.js';

const schemas = await readKafkaSchemas(inject('kafka').libs);
const messages = await allMessages();
// Our newest versions are those of the Kafka that the sandbox runs by default; an older one knows only a part of them.
const isOlder = inject('kafka').version !== defaultKafkaVersion;
const known = messages.filter(({ name }) => !isOlder || schemas.has(`${name}Request`));

function schemaOf(name: string): KafkaSchema {
  const schema = schemas.get(name);
  if (schema === undefined) throw new Error(`Kafka has no schema ${name}`);
  return schema;
}

function knownVersions(message: AnyMessage): number[] {
  const { validVersions } = schemaOf(`${message.name}Request`);
  return versionsOf(message).filter((version) => !isOlder || inRange(validVersions, version));
}

function expectSameLayout(schema: KafkaSchema, declared: AnyField, version: number, range: { first: number; last: number }): void {
  const expected = kafkaLayout(schema, version, range);
  expect(ourLayout(declared.type.shape, version, expected), `${schema.name} version ${version}`).toEqual(expected);
}

test.each(known)('$name has the layout of Kafka’s own schema in every version', (message) => {
  const range = { first: message.minVersion, last: message.maxVersion };
  for (const version of knownVersions(message)) {
    expectSameLayout(schemaOf(`${message.name}Request`), message.request, version, range);
    expectSameLayout(schemaOf(`${message.name}Response`), message.response, version, range);
  }
});

test.each(known)('$name has Kafka’s key, flexible versions, and its newest version or a reason', (message) => {
  const versions = knownVersions(message);
  const { apiKey, flexibleVersions, validVersions } = schemaOf(`${message.name}Request`);
  const newest = parseRange(validVersions).last;
  expect(message.apiKey).toBe(apiKey);
  expect(message.minVersion).toBeGreaterThanOrEqual(parseRange(validVersions).first);
  if (!isOlder) {
    expect(message.maxVersion < newest).toBe(message.ceiling !== undefined);
    expect(message.maxVersion).toBeLessThanOrEqual(newest);
  }
  const flexible = versions.map((version) => codingOf(message, version).flexible);
  expect(flexible).toEqual(versions.map((version) => inRange(flexibleVersions, version)));
});

test.each([
  ['ConsumerProtocolSubscription', ConsumerProtocolSubscription],
  ['ConsumerProtocolAssignment', ConsumerProtocolAssignment],
])('%s has the layout of Kafka’s own schema in every version', (name, declared) => {
  const schema = schemaOf(name);
  expect(parseRange(schema.validVersions)).toEqual({ first: 0, last: consumerProtocolVersion });
  for (let version = 0; version <= consumerProtocolVersion; version++) {
    expectSameLayout(schema, declared, version, { first: 0, last: consumerProtocolVersion });
  }
});
