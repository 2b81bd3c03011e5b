import type { ParserSpec } from '../argparse/argument-spec.js';

/** The command line of `kafka-verifiable-consumer`. */
export const consumerParser: ParserSpec = {
  prog: 'verifiable-consumer',
  description:
    'This tool consumes messages from a specific topic and emits consumer events (e.g. group rebalances, received messages, and offsets committed) as JSON objects to STDOUT.',
  arguments: [
    { flags: ['--topic'], required: true, metavar: 'TOPIC', help: 'Consumes messages from this topic.' },
    {
      flags: ['--group-protocol'],
      metavar: 'GROUP-PROTOCOL',
      default: 'classic',
      help: 'Group protocol (must be one of CLASSIC, CONSUMER)',
    },
    {
      flags: ['--group-remote-assignor'],
      metavar: 'GROUP-REMOTE-ASSIGNOR',
      help: 'Group remote assignor; only used if the group protocol is CONSUMER',
    },
    { flags: ['--group-id'], required: true, metavar: 'GROUP-ID', help: 'The group id of the consumer group' },
    {
      flags: ['--group-instance-id'],
      metavar: 'GROUP-INSTANCE-ID',
      help: 'A unique identifier of the consumer instance',
    },
    {
      flags: ['--max-messages'],
      type: 'Integer',
      metavar: 'MAX-MESSAGES',
      default: '-1',
      help: 'Consume this many messages. If -1 (the default), the consumer will consume until the process is killed externally',
    },
    {
      flags: ['--session-timeout'],
      type: 'Integer',
      metavar: 'TIMEOUT-MS',
      help: "Set the consumer's session timeout, note that this configuration is not supported when group protocol is consumer",
    },
    { flags: ['--verbose'], action: 'flag', default: 'false', help: 'Enable to log individual consumed records' },
    { flags: ['--enable-autocommit'], action: 'flag', default: 'false', help: 'Enable offset auto-commit on consumer' },
    {
      flags: ['--reset-policy'],
      metavar: 'RESET-POLICY',
      default: 'earliest',
      help: "Set reset policy (must be either 'earliest', 'latest', or 'none')",
    },
    {
      flags: ['--assignment-strategy'],
      metavar: 'ASSIGNMENT-STRATEGY',
      default: 'org.apache.kafka.clients.consumer.RangeAssignor',
      help: 'Set assignment strategy (e.g. org.apache.kafka.clients.consumer.RoundRobinAssignor); only used if the group protocol is CLASSIC',
    },
    {
      flags: ['--consumer.config'],
      metavar: 'CONFIG-FILE',
      help: '(DEPRECATED) Consumer config properties file. This option will be removed in a future version. Use --command-config instead',
    },
    {
      flags: ['--command-config'],
      metavar: 'CONFIG-FILE',
      help: 'Config properties file (config options shared with command line parameters will be overridden).',
    },
  ],
  groups: [
    {
      title: 'Connection Group',
      description: 'Group of arguments for connection to brokers',
      arguments: [
        {
          flags: ['--bootstrap-server'],
          required: true,
          metavar: 'HOST1:PORT1[,HOST2:PORT2[...]]',
          help: 'The server(s) to connect to. Comma-separated list of Kafka brokers in the form HOST1:PORT1,HOST2:PORT2,...',
        },
      ],
    },
  ],
};
