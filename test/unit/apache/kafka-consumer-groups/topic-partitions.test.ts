import { expect, test } from 'vitest';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { optionTable } from '../../../../src/apache/kafka-consumer-groups/option-table.js';
import { parseTopicArguments } from '../../../../src/apache/kafka-consumer-groups/topic-partitions.js';

const run = { options: parseOptions(optionTable, []) };

test('topics and named partitions are told apart, each as often as it was named', () => {
  expect(parseTopicArguments(run, ['a', 'b:2,0,2,', 'a'])).toEqual({
    topics: ['a', 'a'],
    partitions: [2, 0, 2].map((partition) => ({ topic: 'b', partition })),
  });
});

test.each([
  ['a:', "Invalid topic arg 'a:', expected topic name and partitions"],
  ['a:0:1', "Invalid topic arg 'a:0:1', expected topic name and partitions"],
  ['a:x', "Invalid partition 'x' specified in topic arg 'a:x''"],
  ['a:,1', "Invalid partition '' specified in topic arg 'a:,1''"],
  ['a:2147483648', "Invalid partition '2147483648' specified in topic arg 'a:2147483648''"],
])('%s is refused', (word, message) => {
  expect(() => parseTopicArguments(run, [word])).toThrow(message);
});
