import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Environment } from '../../../src/config/contexts.js';
import { loadSettings } from '../../../src/config/load.js';

/** A home folder with these files; returns its path and an environment that points there. */
function home(files: Readonly<Record<string, string>>): { folder: string; env: Environment } {
  const folder = mkdtempSync(join(tmpdir(), 'kafkit-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, env: { XDG_CONFIG_HOME: folder } };
}

const pem = '-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----';

const contexts = {
  'kafkit/contexts/prod.properties': 'bootstrap.servers=prod:1\nclient.id=from-context\n',
  'kafkit/contexts/stage.properties': 'bootstrap.servers=stage:1\n',
};

test('what was typed wins over the environment, and the environment over the selected context', async () => {
  const { folder, env } = home({
    ...contexts,
    'c.properties': 'bootstrap.servers=file:1\n',
    'e.properties': 'bootstrap.servers=env-file:1\n',
  });
  const commandConfig = join(folder, 'c.properties');
  const selected = { KAFKIT_CONTEXT: 'stage' };
  const file = { ...selected, KAFKIT_COMMAND_CONFIG: join(folder, 'e.properties') };
  const all = { ...file, KAFKIT_BOOTSTRAP_SERVER: 'env:1' };
  const addressOf = async (options: object, extra: Environment = {}): Promise<string | undefined> =>
    (await loadSettings(options, { ...env, ...extra })).bootstrap[0]?.host;
  expect(await addressOf({}, selected)).toBe('stage');
  expect(await addressOf({}, file)).toBe('env-file');
  expect(await addressOf({}, all)).toBe('env');
  expect(await addressOf({ context: 'prod' }, all)).toBe('prod');
  expect(await addressOf({ commandConfig }, all)).toBe('file');
  expect(await addressOf({ context: 'prod', commandConfig }, all)).toBe('file');
  expect(await addressOf({ context: 'prod', commandConfig, bootstrapServer: 'flag:1' }, all)).toBe('flag');
});

test('a typed context that is overruled by another typed address says so', async () => {
  const { env } = home(contexts);
  expect((await loadSettings({ context: 'prod', bootstrapServer: 'flag:1' }, env)).warnings).toEqual([
    '--bootstrap-server names other brokers than context prod, and is followed',
  ]);
  expect((await loadSettings({ context: 'prod', bootstrapServer: 'prod:1' }, env)).warnings).toEqual([]);
});

test('a typed context without brokers is not completed by the environment, which may mean another cluster', async () => {
  const { env } = home({ 'kafkit/contexts/bare.properties': 'client.id=x\n' });
  const named = { ...env, KAFKIT_BOOTSTRAP_SERVER: 'env:1' };
  await expect(loadSettings({ context: 'bare' }, named)).rejects.toMatchObject({
    code: 'config',
    message: 'context bare names no bootstrap.servers, and KAFKIT_BOOTSTRAP_SERVER may name those of another cluster',
  });
  expect((await loadSettings({ context: 'bare', bootstrapServer: 'flag:1' }, named)).bootstrap[0]?.host).toBe('flag');
  expect((await loadSettings({}, { ...named, KAFKIT_CONTEXT: 'bare' })).bootstrap[0]?.host).toBe('env');
});

test('a typed description of a cluster beats every variable, security and trust too', async () => {
  const { folder, env } = home({
    'kafkit/contexts/plain.properties': 'bootstrap.servers=plain:1\nclient.id=own\nrequest.timeout.ms=7\n',
    'kafkit/contexts/inline.properties': `bootstrap.servers=tls:1\nsecurity.protocol=SSL\nssl.truststore.certificates=${pem}\n`,
  });
  const other = {
    ...env,
    KAFKIT_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKIT_CLIENT_ID: 'env',
    KAFKIT_REQUEST_TIMEOUT_MS: '9',
    KAFKIT_SSL_TRUSTSTORE_LOCATION: join(folder, 'none.pem'),
  };
  expect(await loadSettings({ context: 'plain' }, other)).toMatchObject({
    tls: undefined,
    sasl: undefined,
    clientId: 'own',
    requestTimeoutMs: 7,
  });
  expect((await loadSettings({ context: 'inline' }, other)).tls?.ca).toHaveLength(1);
});

test('a secret in the environment completes a typed context that asks for it', async () => {
  const { env } = home({
    'kafkit/contexts/sasl.properties': 'bootstrap.servers=a:1\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n',
  });
  const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="p";';
  expect((await loadSettings({ context: 'sasl' }, { ...env, KAFKIT_SASL_JAAS_CONFIG: jaas })).sasl).toMatchObject({
    username: 'u',
  });
});

test('a value says where it comes from', async () => {
  const { env } = home(contexts);
  const { properties } = await loadSettings({ context: 'prod', bootstrapServer: 'flag:1' }, env);
  expect(properties.get('bootstrap.servers')).toEqual({ value: 'flag:1', source: '--bootstrap-server' });
  expect(properties.get('client.id')).toEqual({ value: 'from-context', source: 'context prod' });
});

test('the environment names context and settings file too', async () => {
  const { folder, env } = home({ ...contexts, 'c.properties': 'client.id=from-file\n' });
  const all = { ...env, KAFKIT_CONTEXT: 'stage', KAFKIT_COMMAND_CONFIG: join(folder, 'c.properties') };
  expect(await loadSettings({}, all)).toMatchObject({ bootstrap: [{ host: 'stage' }], clientId: 'from-file' });
});

test("any of Kafka's connection keys can come from the environment", async () => {
  const { env } = home({});
  const settings = await loadSettings({ bootstrapServer: 'a:1' }, { ...env, KAFKIT_REQUEST_TIMEOUT_MS: '1234' });
  expect(settings.requestTimeoutMs).toBe(1234);
});

test('the chosen context is used where none is named', async () => {
  const { env } = home({ ...contexts, 'kafkit/current-context': 'stage\n' });
  expect((await loadSettings({}, env)).bootstrap).toEqual([{ host: 'stage', port: 1 }]);
});

test('a context that does not exist is an error with the near one', async () => {
  const { env } = home(contexts);
  await expect(loadSettings({ context: 'prd' }, env)).rejects.toMatchObject({
    code: 'config',
    message: "context 'prd' does not exist (did you mean prod?)",
    hint: 'there are: prod, stage',
  });
});

test('a settings file that does not exist is an error', async () => {
  const { env } = home({});
  await expect(loadSettings({ commandConfig: '/no/such.properties' }, env)).rejects.toMatchObject({ code: 'config' });
});

test('no broker to start from is an error that says what to give', async () => {
  const { env } = home({});
  await expect(loadSettings({}, env)).rejects.toThrow('no broker to start from: give -b HOST:PORT');
});

test('warnings of the file and of its keys are handed over', async () => {
  const { folder, env } = home({ 'c.properties': 'bootstrap.servers=a:1\nclient.idd=x\n' });
  const path = join(folder, 'c.properties');
  expect((await loadSettings({ commandConfig: path }, env)).warnings).toEqual([
    `${path}: unknown key 'client.idd' (did you mean client.id?)`,
  ]);
});
