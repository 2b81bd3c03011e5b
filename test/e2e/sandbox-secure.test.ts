import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderProperties } from '../../src/sandbox/broker-settings.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { useSecureBroker } from './fixture/secure-broker.js';
import { uniqueName } from './fixture/unique-name.js';

const cluster = useSecureBroker();

function topics(bootstrap: string, config: string, ...args: string[]): Promise<ProcessOutcome> {
  const common = ['--bootstrap-server', bootstrap, '--command-config', config];
  return runKafkaTool('org.apache.kafka.tools.TopicCommand', [...common, ...args]);
}

async function settings(entries: Record<string, string>): Promise<string> {
  const path = join(cluster().dir, `${uniqueName('client')}.properties`);
  await writeFile(path, renderProperties(entries));
  return path;
}

test('the administrator of a secure sandbox may do what alice may not', async () => {
  const { bootstrap, secure } = cluster();
  const topic = uniqueName('guarded');
  expect(await topics(bootstrap, secure.commandConfig.admin, '--create', '--topic', topic)).toMatchObject({ code: 0 });
  expect(await topics(bootstrap, secure.commandConfig.alice, '--list')).toMatchObject({ code: 0, stdout: '\n' });
  const refused = await topics(bootstrap, secure.commandConfig.alice, '--create', '--topic', uniqueName('refused'));
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('Authorization failed');
});

test('users come in by PLAIN as well, and with a client certificate instead of a password', async () => {
  const { secure } = cluster();
  const plain = await settings({
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="${secure.passwords.admin}";`,
  });
  expect(await topics(secure.saslPlaintextBootstrap, plain, '--list')).toMatchObject({ code: 0 });
  const mutual = await settings({
    'security.protocol': 'SSL',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': secure.authority,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': secure.client,
  });
  expect(await topics(secure.mutualTlsBootstrap, mutual, '--list')).toMatchObject({ code: 0 });
});
