import { readPropertiesFile } from '../java/tool-settings.js';
import type { OptionSet } from '../jopt/option-set.js';
import { parseKeyValues } from '../key-values.js';

/** Options that are settings of the producer: they win where they are given, and are the default where nothing else is. */
const merged = [
  ['linger.ms', 'timeout', 'long'],
  ['acks', 'request-required-acks', 'text'],
  ['request.timeout.ms', 'request-timeout-ms', 'integer'],
  ['retries', 'message-send-max-retries', 'integer'],
  ['retry.backoff.ms', 'retry-backoff-ms', 'long'],
  ['send.buffer.bytes', 'socket-buffer-size', 'integer'],
  ['buffer.memory', 'max-memory-bytes', 'long'],
  ['batch.size', 'batch-size', 'integer'],
  ['batch.size', 'max-partition-memory-bytes', 'integer'],
  ['metadata.max.age.ms', 'metadata-expiry-ms', 'long'],
  ['max.block.ms', 'max-block-ms', 'long'],
] as const;

/** Settings of the producer, everything merged. */
export interface ProducerValues {
  readonly values: ReadonlyMap<string, string>;
  /** Keys that file or command line set; the others have the tool's defaults. */
  readonly given: ReadonlySet<string>;
}

/**
 * Merges options, properties and the file.
 *
 * @throws OptionError for a value of the wrong type, JavaError for a file that is not there
 */
export async function readProducerValues(options: OptionSet): Promise<ProducerValues> {
  const path = options.text('command-config') ?? options.text('producer.config');
  const file = path === undefined ? new Map<string, string>() : await readPropertiesFile(path);
  const extra = parseKeyValues([...options.values('command-property'), ...options.values('producer-property')]);
  const values = new Map([...file, ...extra]);
  const given = new Set(values.keys());
  values.set('bootstrap.servers', options.text('bootstrap-server') ?? '');
  values.set('compression.type', compressionCodec(options));
  if (!values.has('client.id')) values.set('client.id', 'console-producer');
  for (const [key, option, type] of merged) {
    if (options.has(option)) given.add(key);
    if (!options.has(option) && values.has(key)) continue;
    const value = options[type](option);
    if (value !== undefined) values.set(key, String(value));
  }
  return { values, given };
}

function compressionCodec(options: OptionSet): string {
  if (!options.has('compression-codec')) return 'none';
  const codec = options.text('compression-codec') ?? '';
  return codec === '' ? 'gzip' : codec;
}
