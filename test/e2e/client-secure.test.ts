import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openCluster } from '../../src/client/connect.js';
import { listTopics } from '../../src/client/metadata.js';
import { createTopics } from '../../src/client/topics.js';
import { loadSettings } from '../../src/config/load.js';
import { renderProperties } from '../../src/sandbox/broker-settings.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { runKafkit } from './fixture/run-kafkit.js';
import { runProcess } from './fixture/run-process.js';
import { useSecureBroker } from './fixture/secure-broker.js';
import { uniqueName } from './fixture/unique-name.js';

const cluster = useSecureBroker();

const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule';

/** Connects as a settings file says and lists the topics. */
async function attempt(bootstrapServer: string, entries: Record<string, string>): Promise<'welcome'> {
  const path = join(cluster().dir, `${uniqueName('client')}.properties`);
  await writeFile(path, renderProperties(entries));
  return attemptWith(bootstrapServer, path);
}

async function attemptWith(bootstrapServer: string, commandConfig: string): Promise<'welcome'> {
  const settings = await loadSettings({ bootstrapServer, commandConfig }, { XDG_CONFIG_HOME: '/nowhere' });
  const client = openCluster(settings, { signal: new AbortController().signal });
  try {
    await listTopics(client);
    return 'welcome';
  } finally {
    await client.close();
  }
}

function credentials(mechanism: string, password: string): Record<string, string> {
  const module = mechanism === 'PLAIN' ? plainModule : scramModule;
  return {
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': `${module} required username="admin" password="${password}";`,
  };
}

function trust(): Record<string, string> {
  return { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': cluster().secure.authority };
}

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

test('SASL over TLS lets the administrator in, who then works', async () => {
  const { bootstrap, secure } = cluster();
  expect(await attemptWith(bootstrap, secure.commandConfig.admin)).toBe('welcome');
});

test.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])('%s lets the administrator in', async (mechanism) => {
  const { secure } = cluster();
  expect(await attempt(secure.saslPlaintextBootstrap, credentials(mechanism, secure.passwords.admin))).toBe('welcome');
});

test.each(['PLAIN', 'SCRAM-SHA-512'])('%s with a wrong password is refused without showing it', async (mechanism) => {
  const refused = attempt(cluster().secure.saslPlaintextBootstrap, credentials(mechanism, 'hush-hush'));
  await expect(refused).rejects.toMatchObject({ code: 'authentication', message: expect.not.stringContaining('hush') as unknown });
});

test('a client certificate lets in without a password, from PEM as from PKCS12', async () => {
  const { secure, dir } = cluster();
  const bootstrap = secure.mutualTlsBootstrap;
  const pem = { 'security.protocol': 'SSL', 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': secure.client };
  expect(await attempt(bootstrap, { ...pem, ...trust() })).toBe('welcome');
  const store = join(dir, `${uniqueName('trust')}.p12`);
  await keytool('-importcert', '-noprompt', '-alias', 'ca', '-file', secure.authority, '-keystore', store);
  const pkcs12 = { 'ssl.truststore.type': 'PKCS12', 'ssl.truststore.location': store, 'ssl.truststore.password': 'changeit' };
  expect(await attempt(bootstrap, { ...pem, ...pkcs12 })).toBe('welcome');
});

async function keytool(...args: string[]): Promise<void> {
  const program = join(dirname(inject('kafka').java.path), 'keytool');
  const outcome = await runProcess(program, [...args, '-storetype', 'PKCS12', '-storepass', 'changeit'], {
    timeoutMs: 30_000,
    env: { ...process.env },
  });
  expect(outcome).toMatchObject({ code: 0 });
}

test('a missing client certificate is told apart from other failures', async () => {
  const refused = attempt(cluster().secure.mutualTlsBootstrap, { 'security.protocol': 'SSL', ...trust() });
  await expect(refused).rejects.toMatchObject({ code: 'authentication', message: containing('client certificate') });
});

test('plain text to a TLS listener is recognised', async () => {
  const refused = attempt(cluster().bootstrap, { 'client.id': 'x' });
  await expect(refused).rejects.toMatchObject({ code: 'connection', hint: containing('security.protocol=SSL') });
});

test('TLS to a listener without it is recognised', async () => {
  const refused = attempt(cluster().secure.saslPlaintextBootstrap, { 'security.protocol': 'SSL', ...trust() });
  await expect(refused).rejects.toMatchObject({ code: 'connection', hint: containing('may not speak TLS') });
});

test('no credentials for a SASL listener is recognised', async () => {
  const refused = attempt(cluster().secure.saslPlaintextBootstrap, { 'client.id': 'x' });
  await expect(refused).rejects.toMatchObject({ code: 'connection', hint: containing('may require SASL') });
});

test('an authority that is not trusted is told, with what to set', async () => {
  const refused = attempt(cluster().bootstrap, { ...credentials('PLAIN', 'x'), 'security.protocol': 'SASL_SSL' });
  await expect(refused).rejects.toMatchObject({ code: 'authentication', hint: containing('ssl.truststore.location') });
});

test('what alice may not do is an authorization error', async () => {
  const { bootstrap, secure } = cluster();
  const settings = await loadSettings(
    { bootstrapServer: bootstrap, commandConfig: secure.commandConfig.alice },
    { XDG_CONFIG_HOME: '/nowhere' },
  );
  const client = openCluster(settings, { signal: new AbortController().signal });
  const [refused] = await createTopics(client, [{ name: uniqueName('refused') }]);
  await client.close();
  expect(refused?.error).toMatchObject({ code: 'authorization' });
});

test('for want of a right, the resource and the right that lacks are named', async () => {
  const { bootstrap, secure } = cluster();
  const [topic, group] = [uniqueName('guarded'), uniqueName('group')];
  const admin = ['-b', bootstrap, '--command-config', secure.commandConfig.admin];
  expect((await runKafkit(['topics', 'create', topic, '--partitions', '1', ...admin])).code).toBe(0);
  await runKafkit(['console', 'produce', topic, ...admin], { stdin: 'a\n' });
  const alice = ['-b', bootstrap, '--command-config', secure.commandConfig.alice];
  const attempts: Record<string, () => Promise<string>> = {
    consume: async () => (await runKafkit(['console', 'consume', topic, '--exit-at-end', ...alice])).stderr,
    group: async () => (await runKafkit(['console', 'consume', topic, '--group', group, '--exit-at-end', ...alice])).stderr,
    produce: async () => (await runKafkit(['console', 'produce', topic, ...alice], { stdin: 'b\n' })).stderr,
    plain: async () => (await runKafkit(['console', 'produce', topic, '--acks', '1', ...alice], { stdin: 'b\n' })).stderr,
    transaction: async () =>
      (await runKafkit(['console', 'produce', topic, '--transactional-id', group, ...alice], { stdin: 'b\n' })).stderr,
  };
  expect(await attempts['consume']?.()).toContain(`hint: the user needs the right Read on topic '${topic}'`);
  const allowed = ['--bootstrap-server', bootstrap, '--command-config', secure.commandConfig.admin, '--add'];
  const see = ['--allow-principal', 'User:alice', '--operation', 'Describe', '--topic', topic];
  expect((await runKafkaTool('org.apache.kafka.tools.AclCommand', [...allowed, ...see])).code).toBe(0);
  for (const [name, wanted] of [
    ['consume', `the user needs the right Read on topic '${topic}'`],
    ['group', `the user needs the right Read on group '${group}'`],
    ['produce', `the user needs the right Write on topic '${topic}'`],
    ['plain', `the user needs the right Write on topic '${topic}'`],
    ['transaction', `the user needs the right Write on transactional id '${group}'`],
  ] as const) {
    const said = await attempts[name]?.();
    expect(said).toContain(`hint: ${wanted}`);
    expect(said).not.toContain('on the cluster (CLUSTER');
  }
});

test('many records of several partitions come whole over TLS and SASL, through memory that is used again', async () => {
  const { bootstrap, secure } = cluster();
  const topic = uniqueName('secure');
  const where = ['-b', bootstrap, '--command-config', secure.commandConfig.admin];
  const lines = Array.from({ length: 60_000 }, (_, index) => `${index} ${'x'.repeat(index % 300)}`);
  await runKafkit(['topics', 'create', topic, '--partitions', '3', ...where]);
  const produced = await runKafkit(['console', 'produce', topic, ...where], { stdin: `${lines.join('\n')}\n` });
  expect(produced).toMatchObject({ code: 0 });
  const outcome = await runKafkit(['console', 'consume', topic, '--from-beginning', '--exit-at-end', ...where]);
  expect(outcome).toMatchObject({ code: 0 });
  expect(outcome.stdout.split('\n').filter(Boolean).sort()).toEqual(lines.sort());
});
