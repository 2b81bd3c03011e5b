import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readJksStore } from '../../../src/config/jks-store.js';

// Made by keytool.
const read = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/stores/${name}`, import.meta.url));
const subjects = (certificates: readonly string[]): string[] => certificates.map((pem) => new X509Certificate(pem).subject);

test('the authorities of a truststore are those that keytool put there', () => {
  const { trusted, keys } = readJksStore(read('trust.jks'), 'trust-secret');
  expect([subjects(trusted), keys]).toEqual([['CN=kafkit-test-ca'], []]);
});

test('a keystore gives the chain, the key that belongs to it, and the authorities beside it', () => {
  const { trusted, keys } = readJksStore(read('client.jks'), 'store-secret');
  const [entry] = keys;
  expect(subjects(trusted)).toEqual(['CN=kafkit-test-ca']);
  expect(subjects(entry?.chain ?? [])).toEqual(['CN=alice', 'CN=kafkit-test-ca']);
  const key = createPrivateKey(entry?.open('key-secret') ?? '');
  expect(new X509Certificate(entry?.chain[0] ?? '').checkPrivateKey(key)).toBe(true);
});

test('a wrong password is told, of the store and of the key', () => {
  expect(() => readJksStore(read('trust.jks'), 'nope')).toThrow('the password is wrong, or the file is damaged');
  const { keys } = readJksStore(read('client.jks'), 'store-secret');
  expect(() => keys[0]?.open('store-secret')).toThrow('the password of the key is wrong');
});

test('a store is read without a check where there is no password', () => {
  expect(readJksStore(read('trust.jks'), undefined).trusted).toHaveLength(1);
});

test('a damaged or cut-off store is an error', () => {
  const bytes = Buffer.from(read('client.jks'));
  for (let length = 0; length < bytes.length; length += 7)
    expect(() => readJksStore(bytes.subarray(0, length), undefined)).toThrow();
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  expect(() => readJksStore(bytes, 'store-secret')).toThrow('damaged');
});
