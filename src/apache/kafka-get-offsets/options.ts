import type { OptionSpec } from '../jopt/option-spec.js';

const value = (name: string, describedAs: string, description: string): OptionSpec => ({
  name,
  argument: 'required',
  describedAs,
  description,
});

/** The options of `kafka-get-offsets`. */
export const getOffsetsOptions: readonly OptionSpec[] = [
  value('bootstrap-server', 'HOST1:PORT1,...,HOST3:PORT3', 'REQUIRED. The servers to connect to.'),
  value('command-config', 'config file', 'Property file with settings of the client.'),
  { name: 'exclude-internal-topics', argument: 'none', description: 'Leave internal topics out.' },
  { name: 'help', argument: 'none', description: 'Print usage information.' },
  value('partitions', 'partition ids', 'Comma separated list of partition ids; all where absent. Not with --topic-partitions.'),
  {
    ...value(
      'time',
      '<timestamp> / -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 or earliest-pending-upload',
      'The place to find: the first record at or after a timestamp, or a word. Nothing is printed where there is none.',
    ),
    default: 'latest',
  },
  value('topic', 'topic', 'A regular expression of the topics; all where absent. Not with --topic-partitions.'),
  value(
    'topic-partitions',
    'topic1:1,topic2:0-3,topic3,topic4:5-,topic5:-3',
    'Comma separated rules, each a regular expression of topics, and behind a colon a partition or a range whose end is not included.',
  ),
  { name: 'version', argument: 'none', description: 'Display Kafka version.' },
];
