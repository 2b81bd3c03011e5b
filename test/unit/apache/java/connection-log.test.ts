import { expect, test } from 'vitest';
import { ConnectionLog } from '../../../../src/apache/java/connection-log.js';
import { logPrefix } from '../../../../src/apache/java/client-name.js';
import type { ClientKind } from '../../../../src/apache/java/tool-settings.js';
import { ConnectionError, TlsFailure } from '../../../../src/client/connection-error.js';
import type { FailedContact } from '../../../../src/client/connection-watch.js';

const network = '(org.apache.kafka.clients.NetworkClient)';
const refused = new ConnectionError('connection', 'refused', { address: 'localhost:9092', sent: false });

function logOf(kind: ClientKind = 'admin', values: Record<string, string> = {}) {
  const written: string[] = [];
  const clock = { ms: new Date(2026, 0, 2, 3, 4, 5, 6).getTime() };
  const prefix = logPrefix(kind, 'it', new Map(Object.entries(values)));
  const log = new ConnectionLog({ kind, prefix, write: (text) => void written.push(text), now: () => new Date(clock.ms) });
  return { log, clock, lines: () => written.join('').replaceAll('[2026-01-02 03:04:05,006] ', '') };
}

function contact(over: Partial<FailedContact> = {}): FailedContact {
  const address = { host: 'localhost', port: 9092 };
  return { address, node: -1, purpose: 'control', ip: '127.0.0.1', stage: 'unreachable', error: refused, ...over };
}

test.each<[string, Partial<FailedContact>, string]>([
  ['a name', {}, 'localhost/127.0.0.1:9092'],
  ['an IPv4 address', { address: { host: '127.0.0.1', port: 9092 } }, '/127.0.0.1:9092'],
  ['an IPv6 address', { address: { host: '::1', port: 9092 }, ip: '::1' }, '/[0:0:0:0:0:0:0:1]:9092'],
  ['a name of an IPv6 address', { ip: 'fe80::01:2' }, 'localhost/[fe80:0:0:0:0:0:1:2]:9092'],
])('an address out of reach is logged as Java shows %s', (_title, over, shown) => {
  const { log, lines } = logOf();
  log.failed(contact(over));
  const text = `Connection to node -1 (${shown}) could not be established. Node may not be available.`;
  expect(lines()).toBe(`WARN [AdminClient clientId=it] ${text} ${network}\n`);
});

test('a consumer also says that its bootstrap broker is gone, until it has reached one', () => {
  const { log, clock, lines } = logOf('consumer', { 'group.id': 'g' });
  log.failed(contact());
  const before = lines();
  expect(before).toContain(
    `WARN [Consumer clientId=it, groupId=g] Bootstrap broker localhost:9092 (id: -1 rack: null isFenced: false) disconnected ${network}\n`,
  );
  log.opened();
  clock.ms += 5000;
  log.failed(contact({ node: 3 }));
  expect(lines().slice(before.length)).not.toContain('Bootstrap');
});

test('the coordinator of a group is a node of its own', () => {
  const { log, lines } = logOf('consumer');
  log.opened();
  log.failed(contact({ node: 1, purpose: 'group' }));
  expect(lines()).toContain('Connection to node 2147483646 (localhost/127.0.0.1:9092)');
});

test('lines come as often as a client of Kafka tries: soon at first, then once a second', () => {
  const { log, clock, lines } = logOf();
  const start = clock.ms;
  for (; clock.ms < start + 10_000; clock.ms += 10) log.failed(contact());
  const count = lines().match(/could not be established/g)?.length ?? 0;
  expect(count).toBeGreaterThanOrEqual(13);
  expect(count).toBeLessThanOrEqual(17);
});

test('a connection that was made lets the next failure be told at once', () => {
  const { log, lines } = logOf();
  log.failed(contact());
  log.opened();
  log.failed(contact());
  expect(lines().match(/could not be established/g)).toHaveLength(2);
});

test('a failed handshake is an error, with the reason as the trace of the metadata that cannot be read', () => {
  const { log, lines } = logOf();
  const cause = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' });
  const error = new TlsFailure('expired', { address: 'localhost:9092', inHandshake: true, cause });
  log.failed(contact({ stage: 'refused', error }));
  const [first, second, third] = lines().split('\n');
  expect(first).toBe(
    `ERROR [AdminClient clientId=it] Connection to node -1 (localhost/127.0.0.1:9092) failed authentication due to: SSL handshake failed ${network}`,
  );
  expect(second).toBe(
    'WARN [AdminClient clientId=it] Fatal error during metadata update (org.apache.kafka.clients.admin.internals.AdminMetadataManager)',
  );
  expect(third).toBe('org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed');
});

test('a connection that ends in its handshake may be a firewall', () => {
  const { log, lines } = logOf('producer');
  log.failed(contact({ stage: 'unfinished' }));
  expect(lines()).toContain(
    'WARN [Producer clientId=it] Connection to node -1 (localhost/127.0.0.1:9092) terminated during authentication.',
  );
});
