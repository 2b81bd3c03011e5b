import type { RecordCut } from '../../client/records.js';
import { formatJson, type JsonNode, parseJson } from '../java/jackson.js';
import { JavaError } from '../java/java-error.js';

/**
 * Reads the offset file as Kafka's tool does: version 1, unknown fields ignored.
 *
 * @throws JavaError for the first thing that is wrong
 */
export function parseCuts(text: string): readonly RecordCut[] {
  const root = text === '' ? undefined : parseJson(text);
  if (root === undefined) throw operationError('The input string is not a valid JSON');
  const fields = asObject(root);
  const version = fields.get('version');
  const number = version === undefined ? 1n : asWhole(version, 'Integer', 32);
  if (number !== 1n) throw operationError(`Not supported version field value ${number}`);
  const partitions = fields.get('partitions');
  if (partitions === undefined) throw operationError('Missing partitions field');
  if (partitions.kind !== 'array') throw mappingError(`Expected JSON array, received ${formatJson(partitions)}`);
  const cuts = partitions.items.map(readCut);
  refuseTwice(cuts);
  return cuts;
}

function readCut(node: JsonNode): RecordCut {
  const fields = asObject(node);
  const topic = required(fields, 'topic');
  if (topic.kind !== 'string') throw mappingError(`Expected \`String\` value, received ${formatJson(topic)}`);
  return {
    topic: topic.value,
    partition: Number(asWhole(required(fields, 'partition'), 'Integer', 32)),
    offset: asWhole(required(fields, 'offset'), 'Long', 64),
  };
}

function asObject(node: JsonNode): ReadonlyMap<string, JsonNode> {
  if (node.kind === 'object') return node.fields;
  throw mappingError(`Expected JSON object, received ${formatJson(node)}`);
}

function required(fields: ReadonlyMap<string, JsonNode>, name: string): JsonNode {
  const node = fields.get(name);
  if (node === undefined) throw mappingError(`No such field exists: \`${name}\``);
  return node;
}

function asWhole(node: JsonNode, type: string, bits: 32 | 64): bigint {
  if (node.kind === 'whole' && BigInt.asIntN(bits, node.value) === node.value) return node.value;
  throw mappingError(`Expected \`${type}\` value, received ${formatJson(node)}`);
}

function refuseTwice(cuts: readonly RecordCut[]): void {
  const places = cuts.map(({ topic, partition }) => `${topic}-${partition}`);
  const twice = new Set(places.filter((place, at) => places.indexOf(place) !== at));
  if (twice.size === 0) return;
  const text = `Offset json file contains duplicate topic partitions: ${[...twice].join(',')}`;
  throw new JavaError('org.apache.kafka.tools.AdminCommandFailedException', text);
}

function operationError(message: string): JavaError {
  return new JavaError('org.apache.kafka.tools.AdminOperationException', message);
}

function mappingError(message: string): JavaError {
  return new JavaError('com.fasterxml.jackson.databind.JsonMappingException', message);
}
