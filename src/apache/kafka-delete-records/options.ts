import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-delete-records`. */
export const deleteRecordsOptions: readonly OptionSpec[] = [
  {
    name: 'bootstrap-server',
    argument: 'required',
    describedAs: 'server(s) to use for bootstrapping',
    description: 'REQUIRED: The server to connect to.',
  },
  {
    name: 'command-config',
    argument: 'required',
    describedAs: 'command config property file path',
    description: 'A property file with settings of the client.',
  },
  { name: 'help', argument: 'none', description: 'Print usage information.' },
  {
    name: 'offset-json-file',
    argument: 'required',
    describedAs: 'Offset json file path',
    description:
      'REQUIRED: The JSON file with an offset for each partition: {"partitions":[{"topic":"foo","partition":1,"offset":1}],"version":1}',
  },
  { name: 'version', argument: 'none', description: 'Display Kafka version.' },
];
