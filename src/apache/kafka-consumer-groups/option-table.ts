import { flag, optionally, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-consumer-groups`. */
export const optionTable: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server to connect to', 'Brokers to connect to. REQUIRED, except with --validate-regex.'),
  valued('command-config', 'command config property file', 'Properties file with settings of the client.'),
  valued('group', 'consumer group', 'The group to work on; may be given several times.'),
  flag('all-groups', 'Work on every consumer group.'),
  valued('topic', 'topic', 'A topic, or some of its partitions: topic1:0,1,2. May be given several times.'),
  flag('all-topics', 'Every partition that the group has a committed offset for. Only with --reset-offsets.'),
  flag('list', 'List consumer groups.'),
  flag('describe', 'Describe groups: offsets and lag, or what --members or --state ask for.'),
  flag('delete', 'Delete groups with the offsets that they committed.'),
  flag('reset-offsets', 'Move the committed offsets of groups without members. Needs a scope and a scenario.'),
  flag('delete-offsets', 'Delete the offsets that a group committed for some topics.'),
  valued('validate-regex', 'regex', 'Check a regular expression against the RE2 syntax.'),
  valued('timeout', 'timeout (ms)', 'How long each request to the cluster may take.', { type: 'Long', default: '30000' }),
  flag('dry-run', 'Show the new offsets and change nothing (the default). Only with --reset-offsets.'),
  flag('execute', 'Write the new offsets. Only with --reset-offsets.'),
  flag('export', 'Print the new offsets as CSV. Only with --reset-offsets.'),
  valued('to-offset', 'offset', 'Scenario: this offset.', { type: 'Long' }),
  valued('shift-by', 'number-of-offsets', 'Scenario: so many records on, or back where negative.', { type: 'Long' }),
  valued('to-datetime', 'datetime', "Scenario: the first record from then on. Format: 'YYYY-MM-DDThh:mm:ss.sss'"),
  valued('by-duration', 'duration', "Scenario: the first record of the last so long. Format: 'PnDTnHnMnS'"),
  flag('to-earliest', 'Scenario: the first offset of the log.'),
  flag('to-latest', 'Scenario: the end of the log.'),
  flag('to-current', 'Scenario: the committed offset.'),
  valued('from-file', 'path to CSV file', 'Scenario: the offsets that stand in a CSV file.'),
  flag('members', 'Describe the members. Only with --describe.'),
  flag('offsets', 'Describe offsets and lag (the default). Only with --describe.'),
  optionally('state', undefined, 'With --describe: describe the state. With --list: show states, and only groups in those given.'),
  optionally('type', undefined, 'With --list: show types, and only groups of those given.'),
  flag('verbose', 'More columns. Only with --describe.'),
  flag('help', 'Print usage information.'),
  flag('version', 'Display Kafka version.'),
];

/** Options that the parser refuses unless one of others is there. */
export const dependentOptions: Readonly<Record<string, readonly string[]>> = {
  members: ['describe'],
  offsets: ['describe'],
  state: ['describe', 'list'],
  type: ['list'],
  verbose: ['describe'],
};

/** The ways to say where offsets go, in the order in which Kafka's tool looks for contradictions. */
export const scenarios = [
  'to-offset',
  'to-current',
  'to-datetime',
  'from-file',
  'by-duration',
  'to-earliest',
  'to-latest',
  'shift-by',
] as const;
