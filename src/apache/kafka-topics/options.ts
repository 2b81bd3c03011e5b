import { flag, valued } from '../jopt/define-option.js';
import { configNames } from '../kafka-configs/config-names.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The actions of `kafka-topics`; a command line has exactly one. */
export const actions = ['create', 'list', 'alter', 'describe', 'delete'] as const;
export type Action = (typeof actions)[number];

/** The options of `kafka-topics`, word for word: scripts and people look them up in the usage table. */
export const topicsOptions: readonly OptionSpec[] = [
  flag(
    'alter',
    'Alter the number of partitions and replica assignment. (To alter topic configurations, the kafka-configs tool can be used.)',
  ),
  flag(
    'at-min-isr-partitions',
    'If set when describing topics, only show partitions whose isr count is equal to the configured minimum.',
  ),
  valued('bootstrap-server', 'server to connect to', 'REQUIRED: The Kafka server to connect to.'),
  valued('command-config', 'command config property file', 'Property file containing configs to be passed to Admin Client.'),
  valued(
    'config',
    'name=value',
    `A topic configuration override for the topic being created. The following is a list of valid configurations: \n${configNames.topics.map((name) => `\t${name}\n`).join('')}See the Kafka documentation for full details on the topic configs. It is supported only in combination with --create. (To alter topic configurations, the kafka-configs tool can be used.)`,
  ),
  flag('create', 'Create a new topic.'),
  flag('delete', 'Delete a topic.'),
  valued('delete-config', 'name', 'This option is no longer supported and has been deprecated since 4.0'),
  flag('describe', 'List details for the given topics.'),
  flag(
    'exclude-internal',
    'Exclude internal topics when listing or describing topics. By default, the internal topics are included.',
  ),
  flag('help', 'Print usage information.'),
  flag('if-exists', 'If set when altering or deleting or describing topics, the action will only execute if the topic exists.'),
  flag(
    'if-not-exists',
    'If set when creating topics, the create request will not fail if the topic already exists, but the request will still be sent.',
  ),
  flag('list', 'List all available topics.'),
  valued(
    'partition-size-limit-per-response',
    'maximum number of partitions per response',
    'The maximum partition size to be included in one DescribeTopicPartitions response.',
    { type: 'Integer' },
  ),
  valued(
    'partitions',
    '# of partitions',
    'The number of partitions for the topic being created or altered. If not supplied with --create, the topic uses the cluster default. (WARNING: If partitions are increased for a topic that has a key, the partition logic or ordering of the messages will be affected).',
    { type: 'Integer' },
  ),
  valued(
    'replica-assignment',
    'broker_id_for_part1_replica1 : broker_id_for_part1_replica2 , broker_id_for_part2_replica1 : broker_id_for_part2_replica2 , ...',
    'A list of manual partition-to-broker assignments for the topic being created or altered.',
  ),
  valued(
    'replication-factor',
    'replication factor',
    'The replication factor for each partition in the topic being created. If not supplied, the topic uses the cluster default.',
    { type: 'Integer' },
  ),
  valued(
    'topic',
    'topic',
    'The topic to create, alter, describe or delete. It also accepts a regular expression, except for --create option.',
  ),
  valued('topic-id', 'topic-id', 'The topic-id to describe.'),
  flag('topics-with-overrides', 'If set when describing topics, only show topics that have overridden configs.'),
  flag('unavailable-partitions', 'If set when describing topics, only show partitions whose leader is not available.'),
  flag(
    'under-min-isr-partitions',
    'If set when describing topics, only show partitions whose isr count is less than the configured minimum.',
  ),
  flag('under-replicated-partitions', 'If set when describing topics, only show under-replicated partitions.'),
  flag('version', 'Display Kafka version.'),
];
