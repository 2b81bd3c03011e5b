import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TlsOptions } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCertificates } from '../../src/sandbox/create-certificates.js';
import { runBin, runKafkit } from './fixture/run-kafkit.js';

// Texts as Kafka's own tools of 4.3 print them against the same servers; the handshake is over before Kafka's protocol begins.
const handshake = 'SSL handshake failed';
const afterwards = 'Failed to process post-handshake messages';
const sslClass = 'org.apache.kafka.common.errors.SslAuthenticationException';

interface Failure {
  readonly host: string;
  readonly server: TlsOptions;
  readonly settings: string;
  readonly text: string;
  /** What Java's TLS gives as the reason. */
  readonly reason: string;
}

const now = Date.now();
const yearMs = 365 * 24 * 60 * 60 * 1000;
const own = createCertificates(now);
const other = createCertificates(now);
const expired = createCertificates(now - 11 * yearMs);

const serverOf = ({ server, authority }: typeof own): TlsOptions => ({
  key: server.key,
  cert: server.certificate + authority.certificate,
});
const trust = (ca: string): string => `security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=${ca}\n`;

const failures: Readonly<Record<string, Failure>> = {
  'an authority that is not trusted': {
    host: 'localhost',
    server: serverOf(own),
    settings: trust('other.pem'),
    text: handshake,
    // The authorities of two sandboxes have one name.
    reason: 'PKIX path validation failed: java.security.cert.CertPathValidatorException: signature check failed',
  },
  'a certificate that has expired': {
    host: 'localhost',
    server: serverOf(expired),
    settings: trust('expired.pem'),
    text: handshake,
    reason: 'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
  },
  'a certificate for another host': {
    host: '127.0.0.2',
    server: serverOf(own),
    settings: trust('own.pem'),
    text: handshake,
    reason: 'No subject alternative names matching IP address 127.0.0.2 found',
  },
  'no version in common': {
    host: 'localhost',
    server: { ...serverOf(own), minVersion: 'TLSv1.3' },
    settings: `${trust('own.pem')}ssl.enabled.protocols=TLSv1.2\n`,
    text: handshake,
    reason: 'Received fatal alert: protocol_version',
  },
  'no client certificate where one is required': {
    host: 'localhost',
    server: { ...serverOf(own), requestCert: true, rejectUnauthorized: true, ca: own.authority.certificate },
    settings: trust('own.pem'),
    text: afterwards,
    reason: 'Received fatal alert: certificate_required',
  },
};

let folder = '';
const servers: Server[] = [];
const addresses = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-tls-'));
  for (const [name, { authority }] of Object.entries({ own, other, expired })) {
    await writeFile(join(folder, `${name}.pem`), authority.certificate);
  }
  await writeFile(join(folder, 'cuts.json'), '{"version":1,"partitions":[{"topic":"t","partition":0,"offset":1}]}');
  for (const [name, { host, server }] of Object.entries(failures)) {
    const listening = createServer(server, (socket) => socket.on('error', () => {}).resume());
    servers.push(listening);
    await new Promise<void>((resolve) => listening.listen(0, host === 'localhost' ? '127.0.0.1' : host, resolve));
    addresses.set(name, `${host}:${(listening.address() as AddressInfo).port}`); // it listens on TCP
  }
});

afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Shown {
  readonly code: number;
  readonly stdout?: (text: string) => string;
  /** What stderr holds behind the lines of the client's log. */
  readonly stderr?: (text: string) => string;
}

const tools: Readonly<Record<string, { readonly args: readonly string[]; readonly shown: Shown }>> = {
  'kafka-topics': {
    args: ['--list'],
    shown: { code: 1, stdout: (text) => `Error while executing topic command : ${text}\n` },
  },
  'kafka-configs': {
    args: ['--describe', '--entity-type', 'topics', '--entity-name', 't'],
    shown: { code: 1, stderr: (text) => `\njava.util.concurrent.ExecutionException: ${sslClass}: ${text}\n` },
  },
  'kafka-consumer-groups': {
    args: ['--list'],
    shown: {
      code: 0,
      stdout: () =>
        '\nError: Executing consumer group command failed due to java.util.concurrent.ExecutionException: org.apache.kafka.common.KafkaException: Failed to find brokers to send ListGroups\n',
      stderr: (text) => `Caused by: ${sslClass}: ${text}\n`,
    },
  },
  'kafka-get-offsets': {
    args: ['--topic', 't'],
    shown: { code: 1, stderr: (text) => `Error occurred: ${sslClass}: ${text}\n` },
  },
  'kafka-delete-records': {
    args: ['--offset-json-file', 'cuts.json'],
    shown: {
      code: 0,
      stdout: (text) =>
        `Executing records delete operation\nRecords delete operation completed:\npartition: t-0\terror: ${sslClass}: ${text}\n`,
    },
  },
  'kafka-console-consumer': {
    args: ['--topic', 't'],
    shown: { code: 0, stdout: () => '', stderr: (text) => `ConsoleConsumer)\n${sslClass}: ${text}\n` },
  },
  'kafka-console-producer': {
    args: ['--topic', 't'],
    shown: { code: 0, stdout: () => '', stderr: (text) => `ErrorLoggingCallback)\n${sslClass}: ${text}\n` },
  },
  'kafka-verifiable-consumer': {
    args: ['--topic', 't', '--group-id', 'g'],
    shown: { code: 0, stderr: (text) => `VerifiableConsumer)\n${sslClass}: ${text}\n` },
  },
  'kafka-verifiable-producer': {
    args: ['--topic', 't', '--max-messages', '1'],
    shown: { code: 0, stderr: () => '' },
  },
};

test.each(Object.entries(failures))(
  '%s is final at once for every tool, in the words of Kafka',
  async (name, failure) => {
    const address = addresses.get(name) ?? '';
    const config = join(folder, 'client.properties');
    await writeFile(config, failure.settings.replace(/location=/, `location=${folder}/`));
    for (const [tool, { args, shown }] of Object.entries(tools)) {
      const argv = ['--bootstrap-server', address, '--command-config', config, ...args];
      const { code, stdout, stderr } = await runBin(tool, argv, { cwd: folder, stdin: 'a\n', timeoutMs: 15_000 });
      expect.soft(code, tool).toBe(shown.code);
      if (shown.stdout !== undefined) expect.soft(stdout, tool).toBe(shown.stdout(failure.text));
      expect
        .soft(stderr, tool)
        .toMatch(/^(?:The consumer rebalance.*\n)?\[[\d :,-]+\] ERROR \[\w+ clientId=[^\]]+\] Connection to node -1 \(/);
      expect
        .soft(stderr, tool)
        .toContain(`failed authentication due to: ${failure.text} (org.apache.kafka.clients.NetworkClient)\n`);
      if (shown.stderr !== undefined) expect.soft(stderr, tool).toContain(shown.stderr(failure.text));
      if (tool !== 'kafka-verifiable-producer') expect.soft(stderr, tool).toContain(failure.reason);
      else expect.soft(stdout, tool).toContain(`"exception":"class ${sslClass}","message":"${failure.text}"`);
    }
  },
  120_000,
);

test('a wrong store password is told where the client is built, before any broker is asked', async () => {
  const config = join(folder, 'password.properties');
  const store = join(folder, 'store.p12');
  const forge = (await import('node-forge')).default;
  const { key, certificate } = own.client;
  const asn1 = forge.pkcs12.toPkcs12Asn1(forge.pki.privateKeyFromPem(key), [forge.pki.certificateFromPem(certificate)], 'right');
  await writeFile(store, Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary'));
  await writeFile(
    config,
    `security.protocol=SSL\nssl.keystore.type=PKCS12\nssl.keystore.location=${store}\nssl.keystore.password=wrong\n`,
  );
  const argv = ['--bootstrap-server', 'localhost:1', '--command-config', config, '--topic', 't'];
  const { code, stderr } = await runBin('kafka-get-offsets', argv, { timeoutMs: 15_000 });
  expect(code).toBe(1);
  expect(stderr).toContain(
    'Error occurred: Failed to create new KafkaAdminClient\norg.apache.kafka.common.KafkaException: Failed to create new KafkaAdminClient\n' +
      'Caused by: org.apache.kafka.common.KafkaException: Failed to create new NetworkClient\n' +
      `Caused by: org.apache.kafka.common.KafkaException: Failed to load SSL keystore ${store} of type PKCS12\n` +
      'Caused by: java.io.IOException: keystore password was incorrect\n',
  );
});

test('the native front names the reason and ends, also where it would wait for a cluster', async () => {
  const name = 'no client certificate where one is required';
  const config = join(folder, 'native.properties');
  await writeFile(config, trust(join(folder, 'own.pem')));
  const address = addresses.get(name) ?? '';
  const { code, stderr } = await runKafkit(['console', 'consume', 't', '-b', address, '--command-config', config]);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `error: cannot connect to ${address}: the broker asks for a client certificate\n` +
      'hint: set ssl.keystore.location in the file given to --command-config\n' +
      `cluster at ${address} (from --bootstrap-server)\n`,
  );
});
