import { expect, test } from 'vitest';
import { parseCuts } from '../../../../src/apache/kafka-delete-records/parse-cuts.js';

test('offsets are read exactly, and what stands behind the document is not read', () => {
  const text = '{"partitions":[{"topic":"a","partition":2,"offset":9007199254740993,"note":[]}]} more';
  expect(parseCuts(text)).toEqual([{ topic: 'a', partition: 2, offset: 9007199254740993n }]);
});

const entry = (fields: string): string => `{"partitions":[{${fields}}]}`;

// Each text was printed by Kafka's own tool.
test.each([
  ['', 'The input string is not a valid JSON'],
  ['nul', 'The input string is not a valid JSON'],
  ['{"partitions":[],}', 'The input string is not a valid JSON'],
  ["{'partitions':[]}", 'The input string is not a valid JSON'],
  ['{"partitions":[],"version":01}', 'The input string is not a valid JSON'],
  ['{/*c*/"partitions":[]}', 'The input string is not a valid JSON'],
  ['{"a":"line\nbreak"}', 'The input string is not a valid JSON'],
  ['  ', 'Expected JSON object, received '],
  ['[]', 'Expected JSON object, received []'],
  ['5 x', 'Expected JSON object, received 5'],
  ['{"version":null}', 'Expected `Integer` value, received null'],
  ['{"version":1}', 'Missing partitions field'],
  ['{"partitions":[],"version":1,"version":2}', 'Not supported version field value 2'],
  ['{"partitions":null}', 'Expected JSON array, received null'],
  ['{"partitions":[5]}', 'Expected JSON object, received 5'],
  [entry('"topic":1,"partition":0,"offset":1'), 'Expected `String` value, received 1'],
  [entry('"topic":"a","partition":0.0,"offset":1'), 'Expected `Integer` value, received 0.0'],
  [entry('"topic":"a","partition":1e3,"offset":1'), 'Expected `Integer` value, received 1000.0'],
  [
    entry('"topic":"a","partition":{"a": 1, "b":[1.50,"x\\u00e9\\n"]}'),
    'Expected `Integer` value, received {"a":1,"b":[1.5,"xé\\n"]}',
  ],
  [entry('"topic":"a","partition":2147483648,"offset":1'), 'Expected `Integer` value, received 2147483648'],
  [entry('"topic":"a","partition":0,"offset":9223372036854775808'), 'Expected `Long` value, received 9223372036854775808'],
  [entry('"topic":"a","partition":0,"offset":1e100'), 'Expected `Long` value, received 1.0E100'],
  [entry('"topic":"a","partition":0'), 'No such field exists: `offset`'],
])('%j is refused in the words of Kafka', (text, message) => {
  expect(() => parseCuts(text)).toThrow(expect.objectContaining({ message: message }));
});

test('partitions that are named twice are told, even with the same offset', () => {
  const one = '{"topic":"a","partition":0,"offset":1}';
  expect(() => parseCuts(`{"partitions":[${one},${one}]}`)).toThrow('Offset json file contains duplicate topic partitions: a-0');
});
