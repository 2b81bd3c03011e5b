import { expect, test } from 'vitest';
import { checkClientConfig } from '../../../../src/apache/java/client-config.js';
import { formatLogLine } from '../../../../src/apache/java/log-line.js';
import { loadToolSettings } from '../../../../src/apache/java/tool-settings.js';

test.each([
  ['default.api.timeout.ms', 'abc', 'Invalid value abc for configuration default.api.timeout.ms: Not a number of type INT'],
  [
    'default.api.timeout.ms',
    '2147483648',
    'Invalid value 2147483648 for configuration default.api.timeout.ms: Not a number of type INT',
  ],
  ['default.api.timeout.ms', '-5', 'Invalid value -5 for configuration default.api.timeout.ms: Value must be at least 0'],
  ['connections.max.idle.ms', '9x', 'Invalid value 9x for configuration connections.max.idle.ms: Not a number of type LONG'],
  ['retries', '', 'Invalid value  for configuration retries: Not a number of type INT'],
])('%s=%s is refused in the words of Kafka', (key, value, text) => {
  expect(() => checkClientConfig(new Map([[key, value]]))).toThrow(text);
});

test('numbers in range and unknown keys pass', () => {
  expect(() =>
    checkClientConfig(
      new Map([
        ['retries', ' 3 '],
        ['no.such.key', 'x'],
      ]),
    ),
  ).not.toThrow();
});

test.each([
  ['localhost', 'Invalid url in bootstrap.servers: localhost'],
  ['a b:9092', 'Invalid url in bootstrap.servers: a b:9092'],
  ['127.0.0.1:99999', 'Invalid port in bootstrap.servers: 127.0.0.1:99999'],
  ['', 'You must set either bootstrap.servers or bootstrap.controllers'],
])('a client for bootstrap server "%s" cannot be built, and the cause says why', async (bootstrapServer, reason) => {
  const error = await loadToolSettings({ bootstrapServer }, 'admin').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: 'Failed to create new KafkaAdminClient', cause: { message: reason } });
});

test('a file that does not exist is told by its path', async () => {
  const options = { bootstrapServer: '127.0.0.1:9092', commandConfig: '/no/such.properties' };
  await expect(loadToolSettings(options, 'consumer')).rejects.toMatchObject({
    javaClass: 'java.nio.file.NoSuchFileException',
    message: '/no/such.properties',
  });
});

test('a log line has local time with a comma before the milliseconds', () => {
  const when = new Date(2026, 0, 31, 10, 11, 12, 45);
  expect(formatLogLine('WARN', 'text', 'some.Class', when)).toBe('[2026-01-31 10:11:12,045] WARN text (some.Class)\n');
});
