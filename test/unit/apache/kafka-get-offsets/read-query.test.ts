import { describe, expect, test } from 'vitest';
import { bootstrapProblem } from '../../../../src/apache/bootstrap-list.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { getOffsetsOptions } from '../../../../src/apache/kafka-get-offsets/options.js';
import { parsePartitionFilter } from '../../../../src/apache/kafka-get-offsets/partition-filter.js';
import { parseTime } from '../../../../src/apache/kafka-get-offsets/parse-time.js';

describe('times', () => {
  test.each([
    ['latest', { kind: 'latest' }],
    ['-1', { kind: 'latest' }],
    ['-2', { kind: 'earliest' }],
    ['-6', { kind: 'earliest-pending-upload' }],
    ['-7', { kind: 'timestamp', ms: -7n }],
    ['0', { kind: 'timestamp', ms: 0n }],
    ['+5', { kind: 'timestamp', ms: 5n }],
  ])('%s', (text, place) => {
    expect(parseTime(text)).toEqual(place);
  });

  test.each(['Latest', '', '1.5', '9223372036854775808'])('"%s" is none', (text) => {
    expect(() => parseTime(text)).toThrow(`Malformed time argument ${text}. Please use -1 or latest / -2 or earliest`);
  });
});

const places = ['a-0', 'a-1', 'a-2', 'b-0', 'b-3'].map((text) => {
  const [topic = '', partition] = text.split('-');
  return { topic, partition: Number(partition) };
});
const picked = (...words: string[]): string =>
  places
    .filter(parsePartitionFilter(parseOptions(getOffsetsOptions, words)))
    .map(({ topic, partition }) => `${topic}-${partition}`)
    .join(' ');

test.each([
  [[], 'a-0 a-1 a-2 b-0 b-3'],
  [['--topic', 'a'], 'a-0 a-1 a-2'],
  [['--partitions', '0,3'], 'a-0 b-0 b-3'],
  [['--partitions', ''], 'a-0 a-1 a-2 b-0 b-3'],
  [['--partitions', ','], 'a-0 a-1 a-2 b-0 b-3'],
  [['--topic-partitions', ''], 'a-0 a-1 a-2 b-0 b-3'],
  [['--topic-partitions', ','], ''],
  [['--topic-partitions', 'a:1,b'], 'a-1 b-0 b-3'],
  [['--topic-partitions', ':1-3'], 'a-1 a-2'],
  [['--topic-partitions', '.:-2'], 'a-0 a-1 b-0'],
  [['--topic-partitions', 'b:2-'], 'b-3'],
  [['--topic-partitions', ':2-2'], ''],
  [['--topic-partitions', ':-'], 'a-0 a-1 a-2 b-0 b-3'],
  [['--topic-partitions', ':'], 'a-0 a-1 a-2 b-0 b-3'],
])('%j picks %s', (words, expected) => {
  expect(picked(...words)).toBe(expected);
});

test.each([
  ['--topic-partitions', 'a:x', 'org.apache.kafka.tools.TerseException: Invalid rule specification: a:x'],
  ['--topic-partitions', '[', '[ is an invalid regex.'],
  ['--topic-partitions', 'a:99999999999', 'For input string: "99999999999"'],
  ['--partitions', ' 0', '--partitions expects a comma separated list of numeric partition ids, but received:  0'],
])('%s "%s" is refused in the words of Kafka', (option, value, text) => {
  expect(() => picked(option, value)).toThrow(text);
});

test.each([
  [undefined, 'Error while validating the bootstrap address\n'],
  [' ', 'Error while validating the bootstrap address\n'],
  [',', 'Please provide valid host:port like host1:9091,host2:9092\n'],
  ['a:1,b', 'Please provide valid host:port like host1:9091,host2:9092\n'],
  ['a:1,[::1]:2', undefined],
  ['a:1, [::1]:2', 'Please provide valid host:port like host1:9091,host2:9092\n'],
])('bootstrap servers %j: %j', (list, problem) => {
  expect(bootstrapProblem(list)).toBe(problem);
});
