import { expect, test } from 'vitest';
import { bootstrapProblem, splitAddress } from '../../../src/apache/bootstrap-list.js';

test.each([
  ['::1:9092', '::1', '9092'],
  ['[::1]:9092', '::1', '9092'],
  ['[::1:9092', '::1', '9092'],
  ['::1', ':', '1'],
  ['fe80::1%eth0:9092', 'fe80::1%eth0', '9092'],
  ['PLAINTEXT://::1:9092', '::1', '9092'],
  ['9x%://host:1', 'host', '1'],
  [':9092', '', '9092'],
])('%s is taken apart as Kafka does', (text, host, port) => {
  expect(splitAddress(text)).toEqual({ host, port });
});

test.each(['host', 'host:', 'PLAIN+TEXT://host:1', ' host:1', 'host:1/x', 'user:pw@host:1'])('%j is no address', (text) => {
  expect(splitAddress(text)).toBeUndefined();
});

test('blanks are no part of an address for the tools that look at it first', () => {
  expect(bootstrapProblem('a:1,b:2')).toBeUndefined();
  expect(bootstrapProblem('a:1, b:2')).toContain('Please provide valid host:port');
});
