import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-console-consumer`. */
export const consumerOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server to connect to', 'REQUIRED: the brokers to connect to first.'),
  valued('topic', 'topic', 'The topic to read.'),
  valued('include', 'Java regex (String)', 'The topics to read, as a regular expression.'),
  valued('whitelist', 'Java regex (String)', '(DEPRECATED) The old name of --include.'),
  valued('partition', 'partition', 'The one partition to read, from its end on unless --offset says otherwise.', {
    type: 'Integer',
  }),
  valued('offset', 'consume offset', "Where to start: a number, 'earliest' or 'latest'.", { default: 'latest' }),
  valued('consumer-property', 'consumer_prop', '(DEPRECATED) The old name of --command-property.'),
  valued('command-property', 'consumer_prop', 'A key=value setting of the consumer; may be repeated.'),
  valued('consumer.config', 'config file', '(DEPRECATED) The old name of --command-config.'),
  valued('command-config', 'config file', 'A file with settings of the consumer; --command-property wins over it.'),
  valued('formatter', 'class', 'The class that formats records.', {
    default: 'org.apache.kafka.tools.consumer.DefaultMessageFormatter',
  }),
  valued('property', 'prop', '(DEPRECATED) The old name of --formatter-property.'),
  valued(
    'formatter-property',
    'prop',
    'A key=value setting of the formatter, which may be repeated: print.timestamp, print.partition, print.offset, print.delivery, print.epoch, print.headers, print.key, print.value, key.separator, line.separator, headers.separator, null.literal, key.deserializer, value.deserializer, headers.deserializer.',
  ),
  valued('formatter-config', 'config file', 'A file with settings of the formatter; --formatter-property wins over it.'),
  flag('from-beginning', 'Starts with the first record there is, where no offset was committed.'),
  valued('max-messages', 'num_messages', 'How many records to read at most.', { type: 'Integer' }),
  valued('timeout-ms', 'timeout_ms', 'Ends the run when no record came for so many milliseconds.', { type: 'Long' }),
  flag('skip-message-on-error', 'Goes on behind a record that cannot be formatted.'),
  valued('key-deserializer', 'deserializer for keys', 'The class that reads keys.'),
  valued('value-deserializer', 'deserializer for values', 'The class that reads values.'),
  flag('enable-systest-events', 'Prints when the consumer has ended.'),
  valued('isolation-level', 'level', 'read_committed hides records of transactions that are not committed.', {
    default: 'read_uncommitted',
  }),
  valued('group', 'consumer group id', 'The consumer group to join.'),
  flag('help', 'Prints this.'),
  flag('version', 'Prints the version of Kafka.'),
];
