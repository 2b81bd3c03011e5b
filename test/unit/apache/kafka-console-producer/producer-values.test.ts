import { expect, test } from 'vitest';
import { checkProducerConfig } from '../../../../src/apache/java/producer-config.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { producerOptions } from '../../../../src/apache/kafka-console-producer/producer-options.js';
import { producerSettings } from '../../../../src/apache/kafka-console-producer/producer-settings.js';
import { readProducerValues } from '../../../../src/apache/kafka-console-producer/producer-values.js';

async function values(...words: string[]): Promise<ReadonlyMap<string, string>> {
  return (await readProducerValues(parseOptions(producerOptions, ['--bootstrap-server', 'b:1', ...words]))).values;
}

test('an option wins over a property, a property over the default of an option', async () => {
  const found = await values('--command-property', 'linger.ms=7', '--command-property', 'acks=1', '--request-required-acks', '0');
  expect([found.get('linger.ms'), found.get('acks'), found.get('retries')]).toEqual(['7', '0', '3']);
});

test('brokers and compression are always those of the options', async () => {
  const found = await values('--command-property', 'compression.type=zstd', '--command-property', 'bootstrap.servers=x:1');
  expect([found.get('bootstrap.servers'), found.get('compression.type')]).toEqual(['b:1', 'none']);
  expect((await values('--compression-codec', '--sync')).get('compression.type')).toBe('gzip');
});

test('the old name of the batch size wins over the new one', async () => {
  expect((await values('--batch-size', '1', '--max-partition-memory-bytes', '2')).get('batch.size')).toBe('2');
});

test('acks other than all switch idempotence off unless it was asked for', async () => {
  const given = await readProducerValues(parseOptions(producerOptions, ['--request-required-acks', '1']));
  expect(producerSettings(given, false).producer).toMatchObject({ acks: 1, idempotence: false });
});

test.each([
  [{ acks: '7' }, 'Invalid value 7 for configuration acks: String must be one of: all, -1, 0, 1'],
  [{ 'buffer.memory': 'abc' }, 'Invalid value abc for configuration buffer.memory: Not a number of type LONG'],
  [{ retries: '-1' }, 'Invalid value -1 for configuration retries: Value must be at least 0'],
  [
    { 'enable.idempotence': 'x' },
    'Invalid value x for configuration enable.idempotence: Expected value to be either true or false',
  ],
  [
    { 'partitioner.class': 'no.Such' },
    'Invalid value no.Such for configuration partitioner.class: Class no.Such could not be found.',
  ],
  [{ 'transactional.id': 'x', acks: '1' }, 'Cannot set a transactional.id without also enabling idempotence.'],
  [{ acks: '1', 'enable.idempotence': 'true' }, 'Must set acks to all in order to use the idempotent producer.'],
  [
    { 'sasl.login.refresh.window.factor': '2' },
    'Invalid value 2.0 for configuration sasl.login.refresh.window.factor: Value must be no more than 1.0',
  ],
])('%o is refused in the words of Kafka', (config, text) => {
  expect(() => checkProducerConfig(new Map(Object.entries(config)))).toThrow(text);
});
