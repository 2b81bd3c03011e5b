import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import forge from 'node-forge';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCertificates } from '../../src/sandbox/create-certificates.js';
import { runBin, runKafkit } from './fixture/run-kafkit.js';

const ours = createCertificates(Date.now());
const strangers = createCertificates(Date.now());

let home: string;
let server: Server;
let address: string;
let welcomed = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kafkit-trust-'));
  const { key, certificate } = strangers.server;
  server = createServer({ key, cert: certificate }, (socket) => {
    welcomed += 1;
    socket.on('error', () => undefined);
    socket.end();
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  address = `localhost:${typeof at === 'object' && at !== null ? at.port : 0}`;
  // The client's own certificate is from the authority of the strangers, and says so in its chain.
  const { client, authority } = strangers;
  const chain = [client.certificate, authority.certificate].map((pem) => forge.pki.certificateFromPem(pem));
  const asn1 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(client.key), chain, 'changeit');
  await writeFile(join(home, 'client.p12'), Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary'));
  await writeFile(join(home, 'client.pem'), client.key + client.certificate + authority.certificate);
  await writeFile(join(home, 'ours.pem'), ours.authority.certificate);
  await writeFile(join(home, 'strangers.pem'), authority.certificate);
});

afterAll(async () => {
  server.close();
  await rm(home, { recursive: true });
});

beforeEach(() => (welcomed = 0));

const keystores = {
  none: {},
  PKCS12: { 'ssl.keystore.type': 'PKCS12', 'ssl.keystore.location': 'client.p12', 'ssl.keystore.password': 'changeit' },
  PEM: { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': 'client.pem' },
} as const;

function trusting(name: string): Record<string, string> {
  return { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': name };
}

async function settings(entries: Readonly<Record<string, string>>): Promise<void> {
  const all = { 'security.protocol': 'SSL', 'default.api.timeout.ms': '5000', 'request.timeout.ms': '4000', ...entries };
  const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(join(home, 'client.properties'), lines.join(''));
}

test.each(Object.entries(keystores))('with keystore %s only the truststore says who is trusted', async (_, keystore) => {
  const run = (): ReturnType<typeof runKafkit> =>
    runKafkit(['topics', 'list', '-b', address, '--command-config', 'client.properties'], { cwd: home, home });
  for (const trust of [trusting('ours.pem'), {}]) {
    await settings({ ...keystore, ...trust });
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('hint: set ssl.truststore.location') as string });
    expect(welcomed).toBe(0);
  }
  await settings({ ...keystore, ...trusting('strangers.pem') });
  expect((await run()).stderr).not.toContain('ssl.truststore.location');
  expect(welcomed).toBeGreaterThan(0);
});

test.each(Object.entries(keystores))('the same in the drop-ins with keystore %s', async (_, keystore) => {
  await settings({ ...keystore, ...trusting('ours.pem') });
  const args = ['--bootstrap-server', address, '--list', '--command-config', 'client.properties'];
  expect(await runBin('kafka-topics', args, { cwd: home, home })).toMatchObject({ code: 1 });
  expect(welcomed).toBe(0);
});

test('without a truststore the certificates of NODE_EXTRA_CA_CERTS are trusted beside the usual ones, with one they are not', async () => {
  const env = { NODE_EXTRA_CA_CERTS: join(home, 'strangers.pem') };
  const args = ['topics', 'list', '-b', address, '--command-config', 'client.properties'];
  await settings(trusting('ours.pem'));
  await runKafkit(args, { cwd: home, home, env });
  expect(welcomed).toBe(0);
  await settings({});
  await runKafkit(args, { cwd: home, home, env });
  expect(welcomed).toBeGreaterThan(0);
});
