import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-delete-records`. */
export const deleteRecordsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server(s) to use for bootstrapping', 'REQUIRED: The server to connect to.'),
  valued('command-config', 'command config property file path', 'A property file with settings of the client.'),
  flag('help', 'Print usage information.'),
  valued(
    'offset-json-file',
    'Offset json file path',
    'REQUIRED: The JSON file with an offset for each partition: {"partitions":[{"topic":"foo","partition":1,"offset":1}],"version":1}',
  ),
  flag('version', 'Display Kafka version.'),
];
