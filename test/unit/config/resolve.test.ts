import { expect, test } from 'vitest';
import { type Layer, resolveLayers } from '../../../src/config/resolve.js';

function layer(source: string, values: Record<string, string>): Layer {
  return { source, values: new Map(Object.entries(values)) };
}

test('a later layer wins key by key, and each value remembers its source', () => {
  const { values } = resolveLayers([
    layer('context prod', { 'client.id': 'a', 'security.protocol': 'SSL' }),
    layer('x.properties', { 'client.id': 'b' }),
  ]);
  expect(values.get('client.id')).toEqual({ value: 'b', source: 'x.properties' });
  expect(values.get('security.protocol')).toEqual({ value: 'SSL', source: 'context prod' });
});

test('a misspelt key is warned of with the near one', () => {
  const { warnings, problems } = resolveLayers([layer('f', { 'bootstrap.server': 'a:1' })]);
  expect(warnings).toEqual(["f: unknown key 'bootstrap.server' (did you mean bootstrap.servers?)"]);
  expect(problems).toEqual([]);
});

test.each([
  ['sasl.login.callback.handler.class', 'com.example.Handler'],
  ['ssl.engine.factory.class', 'com.example.Engine'],
  ['ssl.cipher.suites', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['config.providers', 'file'],
])('%s decides about safety, so it is refused', (key, value) => {
  expect(resolveLayers([layer('f', { [key]: value })]).problems).toEqual([expect.stringContaining(`f: ${key} cannot be honoured`)]);
});

test("Kafka's own bearer token handler is what kafkit does anyway", () => {
  const handler = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler';
  expect(resolveLayers([layer('f', { 'sasl.login.callback.handler.class': handler })]).problems).toEqual([]);
});

test('a key that is not followed is told, one that means nothing here is not', () => {
  const { warnings } = resolveLayers([layer('f', { 'reconnect.backoff.ms': '5', 'metric.reporters': '', acks: 'all' })]);
  expect(warnings).toEqual(['f: reconnect.backoff.ms is ignored, since kafkit does this its own way']);
});

test('text that is no name of a setting is told by its line only, lines that follow each other together', () => {
  const lines = [
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    'hunter2',
    'BKcwggSjAgEAAoIBAQ',
    '-----END',
    'bootstrap.serverz',
    'x'.repeat(60),
  ];
  const values = new Map(lines.map((key) => [key, '']));
  const numbers = new Map(lines.map((key, index) => [key, index + 3]));
  expect(resolveLayers([{ source: 'f', values, lines: numbers }]).warnings).toEqual([
    "f: unknown key 'bootstrap.serverz' (did you mean bootstrap.servers?)",
    'f: lines 3-6, 8 are no settings (a value of several lines needs a \\ at the end of each but the last)',
  ]);
  expect(resolveLayers([layer('command line', { hunter2: 'x' })]).warnings).toEqual([
    'command line: holds text that is no setting',
  ]);
});

test('a misspelt name without dots is still shown', () => {
  expect(resolveLayers([layer('f', { retires: '1' })]).warnings).toEqual(["f: unknown key 'retires' (did you mean retries?)"]);
});
