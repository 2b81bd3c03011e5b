import { flag, optionally, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-console-producer`, word for word: scripts and people look them up in the usage table. */
export const producerOptions: readonly OptionSpec[] = [
  valued('topic', 'topic', 'REQUIRED: The topic name to produce messages to.'),
  valued(
    'bootstrap-server',
    'server to connect to',
    'REQUIRED: The server(s) to connect to. The broker list string in the form HOST1:PORT1,HOST2:PORT2.',
  ),
  flag('sync', 'If set message send requests to the brokers are synchronously, one at a time as they arrive.'),
  optionally(
    'compression-codec',
    'compression-codec',
    "The compression codec: either 'none', 'gzip', 'snappy', 'lz4', or 'zstd'.If specified without value, then it defaults to 'gzip'",
  ),
  valued(
    'batch-size',
    'size',
    'The buffer size in bytes allocated for a partition. When records are received which are smaller than this size the producer will attempt to optimistically group them together until this size is reached. This is the option to control batch.size in producer configs. Please note that this option will be replaced if max-partition-memory-bytes is also set.',
    { type: 'Integer', default: '16384' },
  ),
  valued(
    'message-send-max-retries',
    undefined,
    'Brokers can fail receiving the message for multiple reasons, and being unavailable transiently is just one of them. This property specifies the number of retries before the producer give up and drop this message. This is the option to control `retries` in producer configs.',
    { type: 'Integer', default: '3' },
  ),
  valued(
    'retry-backoff-ms',
    undefined,
    'Before each retry, the producer refreshes the metadata of relevant topics. Since leader election takes a bit of time, this property specifies the amount of time that the producer waits before refreshing the metadata. This is the option to control `retry.backoff.ms` in producer configs.',
    { type: 'Long', default: '100' },
  ),
  valued(
    'timeout',
    'timeout_ms',
    'If set and the producer is running in asynchronous mode, this gives the maximum amount of time a message will queue awaiting sufficient batch size. The value is given in ms. This is the option to control `linger.ms` in producer configs.',
    { type: 'Long', default: '1000' },
  ),
  valued('request-required-acks', 'request required acks', 'The required `acks` of the producer requests', { default: '-1' }),
  valued(
    'request-timeout-ms',
    'request timeout ms',
    'The ack timeout of the producer requests. Value must be non-negative and non-zero.',
    { type: 'Integer', default: '1500' },
  ),
  valued(
    'metadata-expiry-ms',
    'metadata expiration interval',
    "The period of time in milliseconds after which we force a refresh of metadata even if we haven't seen any leadership changes. This is the option to control `metadata.max.age.ms` in producer configs.",
    { type: 'Long', default: '300000' },
  ),
  valued('max-block-ms', 'max block on send', 'The max time that the producer will block for during a send request.', {
    type: 'Long',
    default: '60000',
  }),
  valued(
    'max-memory-bytes',
    'total memory in bytes',
    'The total memory used by the producer to buffer records waiting to be sent to the server. This is the option to control `buffer.memory` in producer configs.',
    { type: 'Long', default: '33554432' },
  ),
  valued(
    'max-partition-memory-bytes',
    'memory in bytes per partition',
    '(Deprecated) The buffer size in bytes allocated for a partition. When records are received which are smaller than this size the producer will attempt to optimistically group them together until this size is reached. This is the option to control batch.size in producer configs. This option will be removed in Apache Kafka 5.0. Use --batch-size instead.',
    { type: 'Integer', default: '16384' },
  ),
  valued(
    'line-reader',
    'reader_class',
    'The class name of the class to use for reading lines from standard in. By default each line is read as a separate message.',
    { default: 'org.apache.kafka.tools.LineMessageReader' },
  ),
  valued(
    'socket-buffer-size',
    'size',
    'The size of the tcp RECV size. This is the option to control `send.buffer.bytes` in producer configs.',
    { type: 'Integer', default: '102400' },
  ),
  valued(
    'property',
    'prop',
    '(DEPRECATED) A mechanism to pass user-defined properties in the form key=value to the message reader. This allows custom configuration for a user-defined message reader.\nDefault properties include:\n parse.key=false\n parse.headers=false\n ignore.error=false\n key.separator=\\t\n headers.delimiter=\\t\n headers.separator=,\n headers.key.separator=:\n null.marker=   When set, any fields (key, value and headers) equal to this will be replaced by null\nDefault parsing pattern when:\n parse.headers=true and parse.key=true:\n  "h1:v1,h2:v2...\\tkey\\tvalue"\n parse.key=true:\n  "key\\tvalue"\n parse.headers=true:\n  "h1:v1,h2:v2...\\tvalue"\n This option will be removed in a future version. Use --reader-property instead.',
  ),
  valued(
    'reader-property',
    'prop',
    'A mechanism to pass user-defined properties in the form key=value to the message reader. This allows custom configuration for a user-defined message reader.\nDefault properties include:\n parse.key=false\n parse.headers=false\n ignore.error=false\n key.separator=\\t\n headers.delimiter=\\t\n headers.separator=,\n headers.key.separator=:\n null.marker=   When set, any fields (key, value and headers) equal to this will be replaced by null\nDefault parsing pattern when:\n parse.headers=true and parse.key=true:\n  "h1:v1,h2:v2...\\tkey\\tvalue"\n parse.key=true:\n  "key\\tvalue"\n parse.headers=true:\n  "h1:v1,h2:v2...\\tvalue"',
  ),
  valued(
    'reader-config',
    'config file',
    'Config properties file for the message reader. Note that [reader-property] takes precedence over this config.',
  ),
  valued(
    'producer-property',
    'producer_prop',
    '(DEPRECATED) Producer config properties in the form key=value. This option will be removed in a future version. Use --command-property instead.',
  ),
  valued('command-property', 'producer_prop', 'Producer config properties in the form key=value.'),
  valued(
    'producer.config',
    'config file',
    '(DEPRECATED) Producer config properties file. Note that [command-property] takes precedence over this config. This option will be removed in a future version. Use --command-config instead.',
  ),
  valued(
    'command-config',
    'config file',
    'Producer config properties file. Note that [command-property] takes precedence over this config.',
  ),
  flag('help', 'Print usage information.'),
  flag('version', 'Display Kafka version.'),
];
