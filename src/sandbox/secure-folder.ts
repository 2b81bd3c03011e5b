import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderProperties } from './broker-settings.js';
import { createCertificates } from './create-certificates.js';
import { randomId } from './random-id.js';
import { writeSecret } from './write-secret.js';

/** The users of a secure sandbox: `admin` may do everything, `alice` what ACLs allow. */
export const secureUsers = ['admin', 'alice'] as const;
export type SecureUser = (typeof secureUsers)[number];

/** What clients and brokers of a secure sandbox need, as files in one folder. */
export interface SecureFolder {
  readonly dir: string;
  /** The certificate to trust, PEM. */
  readonly authority: string;
  /** Key and certificate of the brokers, PEM. */
  readonly server: string;
  /** Key and certificate of a client (`CN=client`) for mutual TLS, PEM. */
  readonly client: string;
  readonly passwords: Readonly<Record<SecureUser, string>>;
  /** Settings with Kafka's own keys, for `--command-config`: SASL_SSL with SCRAM-SHA-512. */
  readonly commandConfig: Readonly<Record<SecureUser, string>>;
}

/** Makes certificates, passwords and client settings in a folder only this user can read; those that are there stay. */
export async function createSecureFolder(dir: string, now: number): Promise<SecureFolder> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const folder: SecureFolder = {
    dir,
    authority: join(dir, 'ca.pem'),
    server: join(dir, 'server.pem'),
    client: join(dir, 'client.pem'),
    passwords: await readPasswords(dir),
    commandConfig: { admin: join(dir, 'admin.properties'), alice: join(dir, 'alice.properties') },
  };
  await writeCertificates(folder, now);
  for (const user of secureUsers) await writeSecret(folder.commandConfig[user], renderProperties(clientSettings(folder, user)));
  return folder;
}

async function readPasswords(dir: string): Promise<Record<SecureUser, string>> {
  const path = join(dir, 'passwords.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as Record<SecureUser, string>; // written below
  const passwords = { admin: randomId(), alice: randomId() };
  await writeSecret(path, `${JSON.stringify(passwords)}\n`);
  return passwords;
}

async function writeCertificates(folder: SecureFolder, now: number): Promise<void> {
  // The last one written: where it is, all are.
  if (await readFile(folder.authority).catch(() => undefined)) return;
  const { authority, server, client } = createCertificates(now);
  await writeSecret(folder.server, server.key + server.certificate + authority.certificate);
  await writeSecret(folder.client, client.key + client.certificate + authority.certificate);
  await writeFile(folder.authority, authority.certificate);
}

function clientSettings({ authority, passwords }: SecureFolder, user: SecureUser): Record<string, string> {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule';
  return {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `${module} required username="${user}" password="${passwords[user]}";`,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority,
  };
}
