import { expect, test } from 'vitest';
import { parseReplicaAssignment } from '../../../../src/apache/kafka-topics/replica-assignment.js';
import { parseTopicConfigs } from '../../../../src/apache/kafka-topics/topic-configs.js';

test('settings are split at their one equals sign, with blanks around it, and the last of a name counts', () => {
  const words = [' retention.ms = 1', 'cleanup.policy=compact, delete', 'retention.ms=2', 'segment.ms=3='];
  expect(parseTopicConfigs(words)).toEqual({
    'retention.ms': '2',
    'cleanup.policy': 'compact, delete',
    'segment.ms': '3',
  });
});

const notAPair = 'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".';
const throttle =
  "must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...";
const invalid = (name: string, value: string, reason: string): string =>
  `Invalid value ${value} for configuration ${name}: ${reason}`;

// Each text was printed by Kafka's own tool.
test.each([
  [['retention.ms'], notAPair],
  [['retention.ms='], notAPair],
  [['retention.ms=1=2'], notAPair],
  [['=1'], 'Unknown topic config name: '],
  [['x=1', 'retention.ms=abc'], 'Unknown topic config name: x'],
  [['retention.ms=x', 'segment.bytes=y'], invalid('segment.bytes', 'y', 'Not a number of type INT')],
  [['segment.bytes=+5'], invalid('segment.bytes', '5', 'Value must be at least 1048576')],
  [['min.cleanable.dirty.ratio=2'], invalid('min.cleanable.dirty.ratio', '2.0', 'Value must be no more than 1')],
  [['min.cleanable.dirty.ratio=-1'], invalid('min.cleanable.dirty.ratio', '-1.0', 'Value must be at least 0')],
  [['cleanup.policy=compact,foo'], invalid('cleanup.policy', 'foo', 'String must be one of: compact, delete')],
  [['cleanup.policy=compact,'], "Configuration 'cleanup.policy' values must not be empty."],
  [['preallocate=yes'], invalid('preallocate', 'yes', 'Expected value to be either true or false')],
  [['compression.gzip.level=77'], invalid('compression.gzip.level', '77', 'Value must be between 1 and 9 or equal to -1')],
  [
    ['leader.replication.throttled.replicas=*,1:1'],
    invalid('leader.replication.throttled.replicas', '[*, 1:1]', `leader.replication.throttled.replicas ${throttle}`),
  ],
  [
    ['min.compaction.lag.ms=10', 'max.compaction.lag.ms=5'],
    'conflict topic config setting min.compaction.lag.ms (10) > max.compaction.lag.ms (5)',
  ],
])('%j is refused in the words of Kafka', (words, text) => {
  expect(() => parseTopicConfigs(words)).toThrow(expect.objectContaining({ message: text }));
});

test.each([
  ['', undefined],
  [',', undefined],
  [
    '1:2, 2 :1',
    [
      [1, 2],
      [2, 1],
    ],
  ],
])('assignment "%s" is %j', (text, assignment) => {
  expect(parseReplicaAssignment(text)).toEqual(assignment);
});

test.each([
  ['1:5:5', 'Partition replica lists may not contain duplicate entries: 5'],
  ['1:2,1', 'Partition 1 has different replication factor: [1]'],
  ['1,,2', 'For input string: ""'],
  ['1:x', 'For input string: "x"'],
])('assignment "%s" is refused in the words of Kafka', (text, message) => {
  expect(() => parseReplicaAssignment(text)).toThrow(expect.objectContaining({ message: message }));
});
