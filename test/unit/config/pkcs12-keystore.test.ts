import forge from 'node-forge';
import { expect, test } from 'vitest';
import { readPkcs12Keystore } from '../../../src/config/pkcs12-keystore.js';
import { createCertificates } from '../../../src/sandbox/create-certificates.js';

/** Made by keytool with an elliptic curve key: `keytool -genkeypair -keyalg EC -groupname secp256r1 -storepass changeit`. */
const ellipticStore = [
  'MIID1gIBAzCCA4AGCSqGSIb3DQEHAaCCA3EEggNtMIIDaTCCASAGCSqGSIb3DQEHAaCCAREEggENMIIBCTCCAQUGCyqGSIb3DQEMCgECoIG9MI',
  'G6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBQpmVzSSQNi/l1FOOeJpOqnmk1XNgICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgB',
  'ZQMEASoEEI1MmPfpEuw3O8qmWDtiNSUEUFbdIUS+9lLWvib9MDB7hlB3eevsS0K4erJmvmQRcKmVz35no4vllbQd5AAeMsDaKvui9MZFmhmQmg',
  'u7zrQY8Gvy11ydnGs6mFYEl5W5NBnrMTYwEQYJKoZIhvcNAQkUMQQeAgBhMCEGCSqGSIb3DQEJFTEUBBJUaW1lIDE3OTU5NTQwNDE5MjgwggJB',
  'BgkqhkiG9w0BBwagggIyMIICLgIBADCCAicGCSqGSIb3DQEHATBmBgkqhkiG9w0BBQ0wWTA4BgkqhkiG9w0BBQwwKwQURv5iXgZhx4YkjVpmnc',
  'eHve1QCLQCAicQAgEgMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBD5slSXub+5K61MxdRqNF7XgIIBsLR7qqiVE1sHSZ7Zd9+vidLTQ0yc',
  'irIX2atnyFBEjFE9H+Fg8e2hv6J7d+/cd7E6ZRBgvjWUuna9KefsXXoTrKOqhXPIdnvewt86WigzRq8hPTcu3D/4LMksbpRSvVT5/2W7o2vTKA',
  '1oQax45G0n0rVJHy+LNUOqtmQfGZhtjGf4nDjS0oEFSg2zfb/5KfIrTopCTvkqUQpgbrD0+3bQOwMeJcTlrOcAqcVgOtP5PvQj2n/GIbmwkj/i',
  '5WyWgRBboQuKiz+WOyYuti6Dt+lyUoDQp4zHRcYeRTb8y3aChtgwqLDy+F0ZsLXsuym37Kxnf8n78BwHvm0eVxvjLSXmr5RMNQVfhr656VKc90',
  'FP0eJIdbymUzF12oPF+Lc4r8gUUTPE//7dhBZ7sgdxuyaAGOjb9uKWEA81O02YgcD1ln7ZZkdOuhp/NiQZeJYXKwjdLaA0Xd92b36blH5er4L1',
  'QmWKLeWqwfnCCj8U8uTof2GPebEL4SQgfU379dggmMyoz9DO8yL8feWIqjAYwzbz/8YoqhUQVhgXQPyCZgtnhj2vAC2vZ5JBsl0MuasAyuMKwD',
  'BNMDEwDQYJYIZIAWUDBAIBBQAEIK0aTVx2zYBIxLbDAST6vKWVRBemvZH39xkjOLbme7/RBBRD1HjvPHGn6ySJST87E9gyNmv5VwICJxA=',
].join('');

const own = createCertificates(1_700_000_000_000);
const other = createCertificates(1_700_000_000_000);

/** A keystore as keytool and openssl make them. */
function store(key: string, certificates: readonly string[], password: string): Uint8Array {
  const chain = certificates.map((pem) => forge.pki.certificateFromPem(pem));
  const asn1 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(key), chain, password);
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

test('a keystore gives its key and the chain of its certificate, and no certificate that did not sign', () => {
  const bytes = store(own.client.key, [own.client.certificate, other.authority.certificate, own.authority.certificate], 'open');
  const { key, chain } = readPkcs12Keystore(bytes, 'open');
  expect(key).toBe(own.client.key);
  expect(chain.map((pem) => pem.trim())).toEqual([own.client.certificate.trim(), own.authority.certificate.trim()]);
});

test('a store of keytool with an elliptic curve key is opened', () => {
  const { key, chain } = readPkcs12Keystore(Buffer.from(ellipticStore, 'base64'), 'changeit');
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(chain).toHaveLength(1);
});

test('a wrong password, other bytes and a store without the certificate of its key are errors that show no secret', () => {
  const bytes = store(own.client.key, [own.client.certificate], 'open');
  expect(() => readPkcs12Keystore(bytes, 'hush')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hush') as string }),
  );
  expect(() => readPkcs12Keystore(Buffer.from('3003020100', 'hex'), 'open')).toThrow();
  expect(() => readPkcs12Keystore(store(own.client.key, [other.authority.certificate], 'open'), 'open')).toThrow(
    'it holds no private key with its certificate',
  );
});
