import { flag, optionally, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-consumer-groups`, word for word: scripts and people look them up in the usage table. */
export const optionTable: readonly OptionSpec[] = [
  valued(
    'bootstrap-server',
    'server to connect to',
    'The server(s) to connect to. REQUIRED for all options except for --validate-regex.',
  ),
  valued(
    'command-config',
    'command config property file',
    'Property file containing configs to be passed to Admin Client and Consumer.',
  ),
  valued('group', 'consumer group', 'The consumer group we wish to act on.'),
  flag('all-groups', 'Apply to all consumer groups.'),
  valued(
    'topic',
    'topic',
    'The topic whose consumer group information should be deleted or topic whose should be included in the reset offset process. In `reset-offsets` case, partitions can be specified using this format: `topic1:0,1,2`, where 0,1,2 are the partition to be included in the process. Reset-offsets also supports multiple topic inputs.',
  ),
  flag('all-topics', 'Consider all topics assigned to a group in the `reset-offsets` process.'),
  flag('list', 'List all consumer groups.'),
  flag('describe', 'Describe consumer group and list offset lag (number of messages not yet processed) related to given group.'),
  flag(
    'delete',
    'Pass in groups to delete topic partition offsets and ownership information over the entire consumer group. For instance --group g1 --group g2',
  ),
  flag(
    'reset-offsets',
    "Reset offsets of consumer group. Supports one consumer group at the time, and instances should be inactive\nHas 2 execution options: --dry-run (the default) to plan which offsets to reset, and --execute to update the offsets. Additionally, the --export option is used to export the results to a CSV format.\nYou must choose one of the following reset specifications: --to-datetime, --by-duration, --to-earliest, --to-latest, --shift-by, --from-file, --to-current, --to-offset.\nTo define the scope use --all-topics or --topic. One scope must be specified unless you use '--from-file'.",
  ),
  flag('delete-offsets', 'Delete offsets of consumer group. Supports one consumer group at the time, and multiple topics.'),
  valued(
    'validate-regex',
    'regex',
    'Validate that the syntax of the provided regular expression is valid according to the RE2 format.',
  ),
  valued(
    'timeout',
    'timeout (ms)',
    'The timeout that can be set for some use cases. For example, it can be used when describing the group to specify the maximum amount of time in milliseconds to wait before the group stabilizes (when the group is just created, or is going through some changes).',
    { type: 'Long', default: '30000' },
  ),
  flag('dry-run', 'Only show results without executing changes on Consumer Groups. Supported operations: reset-offsets.'),
  flag('execute', 'Execute operation. Supported operations: reset-offsets.'),
  flag('export', 'Export operation execution to a CSV file. Supported operations: reset-offsets.'),
  valued('to-offset', 'offset', 'Reset offsets to a specific offset.', { type: 'Long' }),
  valued('shift-by', 'number-of-offsets', "Reset offsets shifting current offset by 'n', where 'n' can be positive or negative.", {
    type: 'Long',
  }),
  valued('to-datetime', 'datetime', "Reset offsets to offset from datetime. Format: 'YYYY-MM-DDThh:mm:ss.sss'"),
  valued('by-duration', 'duration', "Reset offsets to offset by duration from current timestamp. Format: 'PnDTnHnMnS'"),
  flag('to-earliest', 'Reset offsets to earliest offset.'),
  flag('to-latest', 'Reset offsets to latest offset.'),
  flag('to-current', 'Reset offsets to current offset.'),
  valued('from-file', 'path to CSV file', 'Reset offsets to values defined in CSV file.'),
  flag(
    'members',
    "Describe members of the group. This option may be used with '--describe' and '--bootstrap-server' options only.\nExample: --bootstrap-server localhost:9092 --describe --group group1 --members",
  ),
  flag(
    'offsets',
    "Describe the group and list all topic partitions in the group along with their offset lag. This is the default sub-action of and may be used with '--describe' and '--bootstrap-server' options only.\nExample: --bootstrap-server localhost:9092 --describe --group group1 --offsets",
  ),
  optionally(
    'state',
    undefined,
    "When specified with '--describe', includes the state of the group.\nExample: --bootstrap-server localhost:9092 --describe --group group1 --state\nWhen specified with '--list', it displays the state of all groups. It can also be used to list groups with specific states.\nExample: --bootstrap-server localhost:9092 --list --state stable,empty\nThis option may be used with '--describe', '--list' and '--bootstrap-server' options only.",
  ),
  optionally(
    'type',
    undefined,
    "When specified with '--list', it displays the types of all the groups. It can also be used to list groups with specific types.\nExample: --bootstrap-server localhost:9092 --list --type classic,consumer\nThis option may be used with the '--list' option only.",
  ),
  flag(
    'verbose',
    "Provide additional information, if any, when describing the group. This option may be used with '--offsets'/'--members'/'--state' and '--bootstrap-server' options only.\nExample: --bootstrap-server localhost:9092 --describe --group group1 --members --verbose",
  ),
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
