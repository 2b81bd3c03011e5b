import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-delete-records`, word for word: scripts and people look them up in the usage table. */
export const deleteRecordsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server(s) to use for bootstrapping', 'REQUIRED: The server to connect to.'),
  valued('command-config', 'command config property file path', 'A property file containing configs to be passed to Admin Client.'),
  flag('help', 'Print usage information.'),
  valued(
    'offset-json-file',
    'Offset json file path',
    'REQUIRED: The JSON file with offset per partition. The format to use is:\n{"partitions":\n  [{"topic": "foo", "partition": 1, "offset": 1}],\n "version":1\n}',
  ),
  flag('version', 'Display Kafka version.'),
];
