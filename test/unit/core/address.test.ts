import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, parseAddresses, shownTypedAddress } from '../../../src/core/address.js';

const ports = fc.integer({ min: 1, max: 65535 });
const hosts = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());

test('an address that was formatted is parsed back', () => {
  fc.assert(
    fc.property(hosts, ports, (host, port) => {
      expect(parseAddress(formatAddress({ host, port }))).toEqual({ host, port });
    }),
  );
});

test('an IPv6 address needs no brackets', () => {
  fc.assert(
    fc.property(fc.ipV6(), ports, (host, port) => {
      expect(parseAddress(`${host}:${port}`)).toEqual({ host, port });
    }),
  );
});

test('any text is parsed or explained, never thrown at', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseAddress(text);
      if (typeof parsed === 'string') expect(parsed).toContain(shownTypedAddress(text));
      else expect(parsed.port).toBeGreaterThan(0);
    }),
  );
});

describe('one address', () => {
  test.each([
    ['a name', 'kafka-1.example_net:9092', { host: 'kafka-1.example_net', port: 9092 }],
    ['an IPv6 address in brackets', '[::1]:9092', { host: '::1', port: 9092 }],
    ['an IPv6 address as Kafka takes it', '::1:9092', { host: '::1', port: 9092 }],
    ['a long one', '2001:db8:0:0:0:0:0:1:9092', { host: '2001:db8:0:0:0:0:0:1', port: 9092 }],
    ['one with a zone', 'fe80::1%eth0:9092', { host: 'fe80::1%eth0', port: 9092 }],
    ['one of IPv4', '::ffff:127.0.0.1:9092', { host: '::ffff:127.0.0.1', port: 9092 }],
    ['one behind a listener name', 'PLAINTEXT://::1:9092', { host: '::1', port: 9092 }],
    ['an IPv6 address with a zone', '[fe80::1%eth0]:9092', { host: 'fe80::1%eth0', port: 9092 }],
    ['a listener name before it', 'SASL_SSL://host:9093', { host: 'host', port: 9093 }],
  ])('%s is understood', (_, text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  test.each([
    ['no port', 'localhost', "'localhost' has no port; write localhost:9092"],
    ['an IPv6 address without a port', '2001:db8::1', 'is an IPv6 address without a port; write [2001:db8::1]:9092'],
    ['the shortest one', '::1', 'is an IPv6 address without a port; write [::1]:9092'],
    ['eight groups without a port', '1:2:3:4:5:6:7:8', 'is an IPv6 address without a port'],
    ['nine groups and a port', '1:2:3:4:5:6:7:8:9:9092', 'is not host:port'],
    ['two gaps', '1::2::3:9092', 'is not host:port'],
    ['a name with a colon', 'a:b:9092', 'is not host:port'],
    ['half a bracket', '[::1:9092', 'is not host:port'],
    ['a group too long', '[12345::1]:9092', 'is not a host name'],
    ['a byte too large', '::ffff:127.0.0.256:9092', 'is not host:port'],
    ['port 0', 'host:0', 'port 0 is not between 1 and 65535'],
    ['a port too large', 'host:65536', 'port 65536 is not between'],
    ['no host', ':9092', 'is not host:port'],
    ['a path after it', 'host:9092/x', 'is not host:port'],
    ['a name in brackets', '[host]:9092', 'is not a host name'],
  ])('%s is refused', (_, text, problem) => {
    expect(parseAddress(text)).toContain(problem);
  });
});

test('a list keeps its order, drops blanks and repetitions, and tells every problem', () => {
  expect(parseAddresses(' b:1, a:2 ,,b:1, x, y:99999')).toEqual({
    addresses: [
      { host: 'b', port: 1 },
      { host: 'a', port: 2 },
    ],
    problems: ["'x' has no port; write x:9092", "'y:99999': port 99999 is not between 1 and 65535"],
  });
});

test('an empty list is a problem', () => {
  expect(parseAddresses(' , ').problems).toHaveLength(1);
});
