import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-console-consumer`, word for word: scripts and people look them up in the usage table. */
export const consumerOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server to connect to', 'REQUIRED: The server(s) to connect to.'),
  valued('topic', 'topic', 'The topic to consume from.'),
  valued('include', 'Java regex (String)', 'Regular expression specifying list of topics to include for consumption.'),
  valued(
    'partition',
    'partition',
    "The partition to consume from. Consumption starts from the end of the partition unless '--offset' is specified.",
    { type: 'Integer' },
  ),
  valued(
    'offset',
    'consume offset',
    "The offset to consume from (a non-negative number), or 'earliest' which means from beginning, or 'latest' which means from end",
    { default: 'latest' },
  ),
  valued(
    'consumer-property',
    'consumer_prop',
    '(DEPRECATED) Consumer config properties in the form key=value. This option will be removed in a future version. Use --command-property instead.',
  ),
  valued('command-property', 'consumer_prop', 'Consumer config properties in the form key=value.'),
  valued(
    'consumer.config',
    'config file',
    '(DEPRECATED) Consumer config properties file. Note that [command-property] takes precedence over this config. This option will be removed in a future version. Use --command-config instead.',
  ),
  valued(
    'command-config',
    'config file',
    'Consumer config properties file. Note that [command-property] takes precedence over this config.',
  ),
  valued('formatter', 'class', 'The name of a class to use for formatting kafka messages for display.', {
    default: 'org.apache.kafka.tools.consumer.DefaultMessageFormatter',
  }),
  valued(
    'property',
    'prop',
    "(DEPRECATED) The properties to initialize the message formatter. Default properties include: \n print.timestamp=true|false\n print.key=true|false\n print.offset=true|false\n print.epoch=true|false\n print.partition=true|false\n print.headers=true|false\n print.value=true|false\n key.separator=<key.separator>\n line.separator=<line.separator>\n headers.separator=<headers.separator>\n null.literal=<null.literal>\n key.deserializer=<key.deserializer>\n value.deserializer=<value.deserializer>\n header.deserializer=<header.deserializer>\n\nUsers can also pass in customized properties for their formatter; more specifically, users can pass in properties keyed with 'key.deserializer.', 'value.deserializer.' and 'headers.deserializer.' prefixes to configure their deserializers. \nThis option will be removed in a future version. Use --formatter-property instead.",
  ),
  valued(
    'formatter-property',
    'prop',
    "The properties to initialize the message formatter. Default properties include: \n print.timestamp=true|false\n print.key=true|false\n print.offset=true|false\n print.epoch=true|false\n print.partition=true|false\n print.headers=true|false\n print.value=true|false\n key.separator=<key.separator>\n line.separator=<line.separator>\n headers.separator=<headers.separator>\n null.literal=<null.literal>\n key.deserializer=<key.deserializer>\n value.deserializer=<value.deserializer>\n header.deserializer=<header.deserializer>\n\nUsers can also pass in customized properties for their formatter; more specifically, users can pass in properties keyed with 'key.deserializer.', 'value.deserializer.' and 'headers.deserializer.' prefixes to configure their deserializers.",
  ),
  valued(
    'formatter-config',
    'config file',
    'Config properties file to initialize the message formatter. Note that [formatter-property] takes precedence over this config.',
  ),
  flag(
    'from-beginning',
    'If the consumer does not already have an established offset to consume from, start with the earliest message present in the log rather than the latest message.',
  ),
  valued(
    'max-messages',
    'num_messages',
    'The maximum number of messages to consume before exiting. If not set, consumption is continual.',
    { type: 'Integer' },
  ),
  valued('timeout-ms', 'timeout_ms', 'If specified, exit if no message is available for consumption for the specified interval.', {
    type: 'Long',
  }),
  flag('skip-message-on-error', 'If there is an error when processing a message, skip it instead of halt.'),
  valued('key-deserializer', 'deserializer for keys', 'The name of the class to use for deserializing keys.'),
  valued('value-deserializer', 'deserializer for values', 'The name of the class to use for deserializing values.'),
  flag(
    'enable-systest-events',
    'Log lifecycle events of the consumer in addition to logging consumed messages. (This is specific for system tests.)',
  ),
  valued(
    'isolation-level',
    undefined,
    'Set to read_committed in order to filter out transactional messages which are not committed. Set to read_uncommitted to read all messages.',
    { default: 'read_uncommitted' },
  ),
  valued('group', 'consumer group id', 'The consumer group id of the consumer.'),
  flag('help', 'Print usage information.'),
  flag('version', 'Display Kafka version.'),
];
