import { describe, expect, test } from 'vitest';
import { interpret, type Sources } from '../../../src/config/interpret.js';
import { resolveLayers } from '../../../src/config/resolve.js';
import type { CliError } from '../../../src/core/errors.js';
import type { ConnectionSettings } from '../../../src/core/connection-settings.js';

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
const privateKey = '-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----';

const files: Readonly<Record<string, Buffer>> = {
  '/ca.pem': Buffer.from(`${certificate}\n${certificate}\n`),
  '/client.pem': Buffer.from(`${privateKey}\n${certificate}\n`),
  '/trust.p12': Buffer.from('30820001', 'hex'),
  '/trust.jks': Buffer.from('feedfeed00000002', 'hex'),
  '/trust.jceks': Buffer.from('cececece00000002', 'hex'),
  '/token': Buffer.from('aaa.bbb.ccc\n'),
};

function read(path: string): Buffer {
  const bytes = files[path];
  if (bytes === undefined) throw Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT' });
  return bytes;
}

const sources: Sources = {
  now: () => 1_000_000,
  readBytes: read,
  readText: (path) => read(path).toString('utf8'),
  openTruststore: (_, { store }) =>
    store === 'open' ? Promise.resolve([certificate]) : Promise.reject(new Error('wrong password')),
  openKeystore: (_, { store }) =>
    store === 'open'
      ? Promise.resolve({ key: privateKey, chain: [certificate, certificate] })
      : Promise.reject(new Error('wrong password')),
};

async function interpreted(values: Record<string, string>): Promise<{ settings: ConnectionSettings; warnings: readonly string[] }> {
  const all = { 'bootstrap.servers': 'a:1', ...values };
  return interpret(resolveLayers([{ source: 'f', values: new Map(Object.entries(all)) }]), sources);
}

async function failure(values: Record<string, string>): Promise<CliError> {
  return interpreted(values).then(
    () => {
      throw new Error('no failure');
    },
    (error: unknown) => error as CliError, // interpret() throws nothing else; other errors fail the assertions
  );
}

const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule';
const bearerModule = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule';

test("without other keys, Kafka's defaults hold", async () => {
  const { settings, warnings } = await interpreted({});
  expect(settings).toMatchObject({
    bootstrap: [{ host: 'a', port: 1 }],
    clientId: 'kafkit',
    tls: undefined,
    sasl: undefined,
    requestTimeoutMs: 30_000,
    apiTimeoutMs: 60_000,
    maxIdleMs: 540_000,
  });
  expect(warnings).toEqual([]);
});

test('every problem is told at once', async () => {
  const error = await failure({
    'bootstrap.servers': 'nowhere,b:0',
    'security.protocol': 'TLS',
    'request.timeout.ms': 'soon',
    'ssl.engine.factory.class': 'x.Y',
  });
  expect(error.code).toBe('config');
  expect(error.message.split('\n').map((line) => line.trim())).toEqual([
    '5 problems with the connection settings:',
    'f: ssl.engine.factory.class cannot be honoured: kafkit cannot run Java classes',
    "f: security.protocol must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL, found 'TLS'",
    "f: bootstrap.servers 'n...' (7 characters) has no port; write HOST:9092",
    "f: bootstrap.servers '...' (3 characters): port 0 is not between 1 and 65535",
    "f: request.timeout.ms must be a whole number of at least 1, found 's...' (4 characters)",
  ]);
});

const longs = {
  'socket.connection.setup.timeout.ms': 'connectTimeoutMs',
  'connections.max.idle.ms': 'maxIdleMs',
  'retry.backoff.ms': 'retryBackoffMs',
  'retry.backoff.max.ms': 'retryBackoffMaxMs',
  'metadata.max.age.ms': 'metadataMaxAgeMs',
} as const;

test.each(Object.entries(longs))('%s takes any number of 64 bits, as in Kafka', async (key, name) => {
  for (const value of ['2147483648', '9007199254740993', '9223372036854775807', ' +9223372036854775807 ']) {
    const { settings } = await interpreted({ [key]: value });
    expect(settings[name]).toBe(Number(value));
  }
  expect((await failure({ [key]: '9223372036854775808' })).message).toBe(
    `f: ${key} must be a whole number of type LONG, at most 9223372036854775807, found '922...' (19 characters)`,
  );
});

test.each(['-1', '-9223372036854775808'])('connections are never too old with connections.max.idle.ms=%s', async (value) => {
  expect((await interpreted({ 'connections.max.idle.ms': value })).settings.maxIdleMs).toBeLessThan(0);
});

test.each(['request.timeout.ms', 'default.api.timeout.ms'])('%s is a number of 32 bits, as in Kafka', async (key) => {
  await expect(interpreted({ [key]: '2147483647' })).resolves.toBeDefined();
  expect((await failure({ [key]: '2147483648' })).message).toBe(
    `f: ${key} must be a whole number of type INT, at most 2147483647, found '2147483648'`,
  );
});

describe('SASL', () => {
  test.each(['PLAIN', 'SCRAM-SHA-256', 'scram-sha-512'])('%s takes user and password from JAAS', async (mechanism) => {
    const module = mechanism === 'PLAIN' ? plainModule : scramModule;
    const { settings } = await interpreted({
      'security.protocol': 'sasl_plaintext',
      'sasl.mechanism': mechanism,
      'sasl.jaas.config': `${module} required username="u" password="p";`,
    });
    expect(settings.sasl).toEqual({ mechanism: mechanism.toUpperCase(), username: 'u', password: 'p' });
  });

  test('a bearer token comes from a file', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.jaas.config': `${bearerModule} required extension_logicalCluster="lkc-1";`,
      'sasl.oauthbearer.token.endpoint.url': 'file:///token',
    });
    expect(settings.sasl).toEqual({ mechanism: 'OAUTHBEARER', token: 'aaa.bbb.ccc', extensions: { logicalCluster: 'lkc-1' } });
  });

  test('an unsecured bearer token is made of the claims', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SASL_PLAINTEXT',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.jaas.config': `${bearerModule} required unsecuredLoginStringClaim_sub="admin";`,
    });
    const token = settings.sasl?.mechanism === 'OAUTHBEARER' ? settings.sasl.token : '';
    const [head = '', claims = '', signature] = token.split('.');
    expect(Buffer.from(head, 'base64url').toString()).toBe('{"alg":"none"}');
    expect(Buffer.from(claims, 'base64url').toString()).toBe('{"sub":"admin","iat":1000,"exp":4600}');
    expect(signature).toBe('');
  });

  test.each([
    ['no mechanism', {}, "Kafka's default is GSSAPI"],
    ['Kerberos', { 'sasl.mechanism': 'GSSAPI' }, "'GSSAPI' is not supported"],
    ['no JAAS', { 'sasl.mechanism': 'PLAIN' }, 'needs sasl.jaas.config'],
    [
      'another module',
      { 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': `${scramModule} required password="hush";` },
      `PLAIN needs ${plainModule}`,
    ],
    ['no user', { 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': `${plainModule} required password="hush";` }, 'lacks username'],
    [
      'JAAS that cannot be read',
      { 'sasl.mechanism': 'PLAIN', 'sasl.jaas.config': `${plainModule} required password="hush"` },
      'cannot be read',
    ],
    [
      'a token to be fetched',
      {
        'sasl.mechanism': 'OAUTHBEARER',
        'sasl.jaas.config': `${bearerModule} required clientSecret="hush";`,
        'sasl.oauthbearer.token.endpoint.url': 'https://x/token',
      },
      'does not fetch tokens',
    ],
  ])('%s is a problem, told without secrets', async (_, values, problem) => {
    const { message } = await failure({ 'security.protocol': 'SASL_PLAINTEXT', ...values });
    expect(message).toContain(problem);
    expect(message).not.toContain('hush');
  });

  test('credentials that are not used are warned of', async () => {
    const { warnings } = await interpreted({ 'sasl.jaas.config': `${plainModule} required username="u" password="hush";` });
    expect(warnings).toEqual(['f: sasl.jaas.config has no effect while security.protocol is PLAINTEXT']);
  });
});

describe('TLS', () => {
  test('a PEM truststore gives its certificates', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SSL',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': '/ca.pem',
    });
    expect(settings.tls).toEqual({ ca: [certificate, certificate], checkHostName: true });
  });

  test('a PKCS12 truststore is opened with its password', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SSL',
      'ssl.truststore.location': '/trust.p12',
      'ssl.truststore.password': 'open',
    });
    expect(settings.tls?.ca).toEqual([certificate]);
  });

  test.each([{}, { 'ssl.truststore.type': 'JKS' }])('a JKS truststore is opened, whether named so or not', async (type) => {
    const values = { 'ssl.truststore.location': '/trust.jks', 'ssl.truststore.password': 'open', ...type };
    const { settings } = await interpreted({ 'security.protocol': 'SSL', ...values });
    expect(settings.tls?.ca).toEqual([certificate]);
  });

  test('certificates may stand on one line in the file itself', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SSL',
      'ssl.truststore.certificates': '-----BEGIN CERTIFICATE----- AAAA -----END CERTIFICATE-----',
    });
    expect(settings.tls?.ca).toEqual([certificate]);
  });

  test('a PEM keystore gives key and chain', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': '/client.pem',
    });
    expect(settings.tls).toMatchObject({ key: privateKey, cert: certificate });
  });

  test('a PKCS12 keystore gives key and chain, which add nobody to those who are trusted', async () => {
    const { settings } = await interpreted({
      'security.protocol': 'SSL',
      'ssl.keystore.location': '/trust.p12',
      'ssl.keystore.password': 'open',
    });
    expect(settings.tls).toEqual({ key: privateKey, cert: `${certificate}\n${certificate}`, checkHostName: true });
  });

  test('an empty identification algorithm switches the host name check off', async () => {
    const { settings } = await interpreted({ 'security.protocol': 'SSL', 'ssl.endpoint.identification.algorithm': '' });
    expect(settings.tls?.checkHostName).toBe(false);
  });

  test('enabled protocols bound the version', async () => {
    const { settings, warnings } = await interpreted({ 'security.protocol': 'SSL', 'ssl.enabled.protocols': 'TLSv1.1,TLSv1.2' });
    expect(settings.tls).toMatchObject({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    expect(warnings).toEqual(['f: ssl.enabled.protocols lists TLSv1.1, which kafkit never uses']);
  });

  test.each([
    [
      'JCEKS, with the command that converts it',
      { 'ssl.truststore.location': '/trust.jceks' },
      'keytool -importkeystore -srckeystore /trust.jceks -destkeystore /trust.p12',
    ],
    ['a missing file', { 'ssl.truststore.location': '/no.pem' }, 'ssl.truststore.location cannot be read: there is no such file'],
    [
      'a wrong password',
      { 'ssl.truststore.location': '/trust.p12', 'ssl.truststore.password': 'hush' },
      'ssl.truststore.location cannot be opened',
    ],
    [
      'a wrong password of the keystore',
      { 'ssl.keystore.location': '/trust.p12', 'ssl.keystore.password': 'hush' },
      'ssl.keystore.location cannot be opened',
    ],
    [
      'a type that is not the file’s',
      { 'ssl.truststore.location': '/ca.pem', 'ssl.truststore.type': 'PKCS12' },
      'is not a PKCS12 file',
    ],
    ['a key without a chain', { 'ssl.keystore.key': privateKey }, 'comes without a PEM certificate chain'],
    ['an unknown identification algorithm', { 'ssl.endpoint.identification.algorithm': 'ldaps' }, 'must be https or empty'],
  ])('%s is a problem', async (_, values, problem) => {
    const { message } = await failure({ 'security.protocol': 'SSL', ...values });
    expect(message).toContain(problem);
    expect(message).not.toContain('hush');
  });
});

const secret = 'Zx9Qv7LkW2';
const sasl = { 'security.protocol': 'SASL_PLAINTEXT', 'sasl.mechanism': 'PLAIN' };

describe('a secret in the wrong place is not repeated', () => {
  test.each<[string, Record<string, string>]>([
    ['credentials before an address', { 'bootstrap.servers': `user:${secret}@host:9092` }],
    ['credentials in a URL', { 'bootstrap.servers': `SASL_SSL://user:${secret}@host:9093` }],
    ['instead of an address', { 'bootstrap.servers': secret }],
    ['with the user instead of an address', { 'bootstrap.servers': `user:${secret}` }],
    ['behind an address', { 'bootstrap.servers': `host:9092/${secret}` }],
    ['as the protocol', { 'security.protocol': secret }],
    ['as the mechanism', { ...sasl, 'sasl.mechanism': secret }],
    ['as the first word of JAAS', { ...sasl, 'sasl.jaas.config': `${secret} required username="u";` }],
    ['as the control flag of JAAS', { ...sasl, 'sasl.jaas.config': `${plainModule} ${secret} username="u";` }],
    ['as an option of JAAS', { ...sasl, 'sasl.jaas.config': `${plainModule} required ${secret};` }],
    ['as JAAS as a whole', { ...sasl, 'sasl.jaas.config': secret }],
    ['as a number', { 'request.timeout.ms': secret }],
    ['as another number', { 'connections.max.idle.ms': `-${secret}` }],
    ['as the path of the truststore', { 'security.protocol': 'SSL', 'ssl.truststore.location': secret }],
    ['as the path of the keystore', { 'security.protocol': 'SSL', 'ssl.keystore.location': `/x/${secret}` }],
    ['as the type of a store', { 'security.protocol': 'SSL', 'ssl.truststore.location': '/ca.pem', 'ssl.truststore.type': secret }],
    ['as the check of host names', { 'security.protocol': 'SSL', 'ssl.endpoint.identification.algorithm': secret }],
    ['as a version of TLS', { 'security.protocol': 'SSL', 'ssl.enabled.protocols': secret }],
    [
      'as a token',
      {
        ...sasl,
        'sasl.mechanism': 'OAUTHBEARER',
        'sasl.jaas.config': `${bearerModule} required;`,
        'sasl.oauthbearer.token.endpoint.url': `https://u:${secret}@host`,
      },
    ],
    [
      'as the file of a token',
      {
        ...sasl,
        'sasl.mechanism': 'OAUTHBEARER',
        'sasl.jaas.config': `${bearerModule} required;`,
        'sasl.oauthbearer.token.endpoint.url': `file:///${secret}`,
      },
    ],
    ['as a class', { 'ssl.engine.factory.class': secret }],
  ])('%s', async (_, values) => {
    const { message, hint } = await failure(values);
    expect(`${message}${hint ?? ''}`.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  test('as one of several versions of TLS', async () => {
    const { warnings } = await interpreted({ 'security.protocol': 'SSL', 'ssl.enabled.protocols': `TLSv1.3,TLSv1.1,${secret}` });
    expect(warnings).toEqual(["f: ssl.enabled.protocols lists TLSv1.1, 'Zx...' (10 characters), which kafkit never uses"]);
  });
});
