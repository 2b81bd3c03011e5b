import { flag, optionally, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-console-producer`. */
export const producerOptions: readonly OptionSpec[] = [
  valued('topic', 'topic', 'REQUIRED: the topic to write to.'),
  valued('bootstrap-server', 'server to connect to', 'REQUIRED: the brokers to connect to first, as HOST1:PORT1,HOST2:PORT2.'),
  valued('broker-list', 'broker-list', '(DEPRECATED) The old name of --bootstrap-server.'),
  flag('sync', 'Waits for each record before the next one is sent.'),
  optionally(
    'compression-codec',
    'compression-codec',
    "How to compress: 'none', 'gzip', 'snappy', 'lz4' or 'zstd'; gzip where none is named.",
  ),
  valued('batch-size', 'size', 'Bytes of a batch (batch.size).', { type: 'Integer', default: '16384' }),
  valued('message-send-max-retries', 'retries', 'How often to try again (retries).', { type: 'Integer', default: '3' }),
  valued('retry-backoff-ms', 'ms', 'Pause before another attempt (retry.backoff.ms).', { type: 'Long', default: '100' }),
  valued('timeout', 'timeout_ms', 'How long a batch waits for more records (linger.ms).', { type: 'Long', default: '1000' }),
  valued('request-required-acks', 'request required acks', 'Who has to have the records (acks).', { default: '-1' }),
  valued('request-timeout-ms', 'request timeout ms', 'How long a request may take.', { type: 'Integer', default: '1500' }),
  valued('metadata-expiry-ms', 'metadata expiration interval', 'Age at which metadata is read again (metadata.max.age.ms).', {
    type: 'Long',
    default: '300000',
  }),
  valued('max-block-ms', 'max block on send', 'How long to wait for the topic, or for room.', { type: 'Long', default: '60000' }),
  valued('max-memory-bytes', 'total memory in bytes', 'Memory for records that wait (buffer.memory).', {
    type: 'Long',
    default: '33554432',
  }),
  valued('max-partition-memory-bytes', 'memory in bytes per partition', '(DEPRECATED) The old name of --batch-size.', {
    type: 'Integer',
    default: '16384',
  }),
  valued('line-reader', 'reader_class', 'The class that reads records.', { default: 'org.apache.kafka.tools.LineMessageReader' }),
  valued('socket-buffer-size', 'size', 'Buffer of the connection (send.buffer.bytes).', { type: 'Integer', default: '102400' }),
  valued('property', 'prop', '(DEPRECATED) The old name of --reader-property.'),
  valued(
    'reader-property',
    'prop',
    'A key=value setting of the reader, which may be repeated: parse.key, key.separator, parse.headers, headers.delimiter, headers.separator, headers.key.separator, ignore.error, null.marker.',
  ),
  valued('reader-config', 'config file', 'A file with settings of the reader; --reader-property wins over it.'),
  valued('producer-property', 'producer_prop', '(DEPRECATED) The old name of --command-property.'),
  valued('command-property', 'producer_prop', 'A key=value setting of the producer; may be repeated.'),
  valued('producer.config', 'config file', '(DEPRECATED) The old name of --command-config.'),
  valued('command-config', 'config file', 'A file with settings of the producer; --command-property wins over it.'),
  flag('help', 'Prints this.'),
  flag('version', 'Prints the version of Kafka.'),
];
