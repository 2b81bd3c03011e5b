import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openKeystore, openTruststore } from '../../../src/config/open-store.js';

const read = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/stores/${name}`, import.meta.url));
const subjects = (certificates: readonly string[]): string[] => certificates.map((pem) => new X509Certificate(pem).subject);

test('a truststore in the JKS format needs no password, as with Java, but not a wrong one', () => {
  expect(subjects(openTruststore(read('trust.jks'), { store: undefined }))).toEqual(['CN=kafkit-test-ca']);
  expect(() => openTruststore(read('trust.jks'), { store: 'wrong' })).toThrow('password');
});

test('a store with a key trusts the authorities in it and the certificate of the key, and not what only signed that', () => {
  const trusted = openTruststore(read('client.jks'), { store: 'store-secret' });
  expect(subjects(trusted)).toEqual(['CN=kafkit-test-ca', 'CN=alice']);
});

test('a keystore in the JKS format gives key and chain, the key with its own password', () => {
  const { key, chain } = openKeystore(read('client.jks'), { store: 'store-secret', key: 'key-secret' });
  expect(key).toContain('BEGIN PRIVATE KEY');
  expect(subjects(chain)).toEqual(['CN=alice', 'CN=kafkit-test-ca']);
  expect(() => openKeystore(read('client.jks'), { store: 'store-secret' })).toThrow('password of the key');
  expect(() => openKeystore(read('trust.jks'), { store: 'trust-secret' })).toThrow('no private key');
});
