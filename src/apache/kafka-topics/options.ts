import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The actions of `kafka-topics`; a command line has exactly one. */
export const actions = ['create', 'list', 'alter', 'describe', 'delete'] as const;
export type Action = (typeof actions)[number];

/** The options of `kafka-topics`. */
export const topicsOptions: readonly OptionSpec[] = [
  flag('alter', 'Alter the number of partitions and replica assignment. (Use kafka-configs for the settings of a topic.)'),
  flag('at-min-isr-partitions', 'When describing, show only partitions with exactly as many in-sync replicas as they must have.'),
  valued('bootstrap-server', 'server to connect to', 'REQUIRED: The Kafka server to connect to.'),
  valued('command-config', 'command config property file', 'Property file with settings of the client.'),
  valued('config', 'name=value', 'A setting of the topic that is created; may be given several times. Only with --create.'),
  flag('create', 'Create a new topic.'),
  flag('delete', 'Delete a topic.'),
  valued('delete-config', 'name', 'No longer supported since 4.0.'),
  flag('describe', 'List details for the given topics.'),
  flag('exclude-internal', 'Leave internal topics out when listing or describing.'),
  flag('help', 'Print usage information.'),
  flag('if-exists', 'When altering, deleting or describing, act only if the topic exists.'),
  flag('if-not-exists', 'When creating, act only if the topic does not exist.'),
  flag('list', 'List all available topics.'),
  valued('partition-size-limit-per-response', 'maximum number of partitions per response', 'How much one answer may hold.', {
    type: 'Integer',
  }),
  valued(
    'partitions',
    '# of partitions',
    'The number of partitions of the topic that is created or altered. (WARNING: more partitions put keys elsewhere.)',
    { type: 'Integer' },
  ),
  valued(
    'replica-assignment',
    'broker_id_for_part1_replica1 : broker_id_for_part1_replica2 , broker_id_for_part2_replica1 : broker_id_for_part2_replica2 , ...',
    'The brokers of each partition of the topic that is created or altered.',
  ),
  valued('replication-factor', 'replication factor', 'The replication factor of the topic that is created.', { type: 'Integer' }),
  valued('topic', 'topic', 'The topic to create, alter, describe or delete; a regular expression except for --create.'),
  valued('topic-id', 'topic-id', 'The id of the topic to describe.'),
  flag('topics-with-overrides', 'When describing, show only topics with settings of their own.'),
  flag('unavailable-partitions', 'When describing, show only partitions whose leader is not available.'),
  flag('under-min-isr-partitions', 'When describing, show only partitions with fewer in-sync replicas than they must have.'),
  flag('under-replicated-partitions', 'When describing, show only under-replicated partitions.'),
  flag('version', 'Display Kafka version.'),
];
