import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-get-offsets`. */
export const getOffsetsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'HOST1:PORT1,...,HOST3:PORT3', 'REQUIRED. The servers to connect to.'),
  valued('command-config', 'config file', 'Property file with settings of the client.'),
  flag('exclude-internal-topics', 'Leave internal topics out.'),
  flag('help', 'Print usage information.'),
  valued('partitions', 'partition ids', 'Comma separated list of partition ids; all where absent. Not with --topic-partitions.'),
  valued(
    'time',
    '<timestamp> / -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 or earliest-pending-upload',
    'The place to find: the first record at or after a timestamp, or a word. Nothing is printed where there is none.',
    { default: 'latest' },
  ),
  valued('topic', 'topic', 'A regular expression of the topics; all where absent. Not with --topic-partitions.'),
  valued(
    'topic-partitions',
    'topic1:1,topic2:0-3,topic3,topic4:5-,topic5:-3',
    'Comma separated rules, each a regular expression of topics, and behind a colon a partition or a range whose end is not included.',
  ),
  flag('version', 'Display Kafka version.'),
];
