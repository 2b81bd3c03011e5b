import type { ConnectionOptions, SettingsFile } from '../../config/connection-layers.js';
import type { LoadedSettings } from '../../config/load.js';
import { CliError } from '../../core/errors.js';
import { splitAddress } from '../bootstrap-list.js';
import { checkClientConfig, configException } from './client-config.js';
import { fileError } from './file-error.js';
import { illegalArgument } from './illegal-argument.js';
import { JavaError } from './java-error.js';
import { checkKeyStores } from './key-stores.js';

/** What Kafka says when a client cannot be built, by its kind. */
const buildFailures = {
  admin: 'Failed to create new KafkaAdminClient',
  consumer: 'Failed to construct kafka consumer',
  producer: 'Failed to construct kafka producer',
} as const;

/** The kind of client that a tool builds. */
export type ClientKind = keyof typeof buildFailures;

/**
 * The settings of a tool's client: file and command line, nothing else. Fails as building Kafka's own client does.
 *
 * @throws JavaError
 */
export async function loadToolSettings(options: ConnectionOptions, kind: ClientKind): Promise<LoadedSettings> {
  const settingsFile = options.commandConfig === undefined ? undefined : await readSettingsFile(options.commandConfig);
  const values = clientConfig({ ...options, settingsFile });
  const apiTimeout = values.get('default.api.timeout.ms');
  checkClientConfig(values);
  const requestTimeout = Number(values.get('request.timeout.ms') ?? 30_000);
  if (kind === 'admin' && apiTimeout !== undefined && Number(apiTimeout) < requestTimeout) {
    throw buildFailure(
      kind,
      'The specified value of default.api.timeout.ms must be no smaller than the value of request.timeout.ms.',
    );
  }
  const bootstrapServer = await readBootstrap(values.get('bootstrap.servers'), kind);
  await checkKeyStores(values).catch((error: unknown) => {
    throw error instanceof JavaError ? new JavaError('org.apache.kafka.common.KafkaException', buildFailures[kind], error) : error;
  });
  const { loadSettings } = await import('../../config/load.js');
  try {
    // An empty environment: Kafka's tools know nothing of our variables and contexts.
    return await loadSettings({ ...options, commandConfig: undefined, settingsFile, bootstrapServer }, {});
  } catch (error) {
    if (error instanceof CliError) throw buildFailure(kind, error.message);
    throw error;
  }
}

/** The error for a client that cannot be built, with the reason as its cause. */
export function buildFailure(kind: ClientKind, reason: string): JavaError {
  return new JavaError('org.apache.kafka.common.KafkaException', buildFailures[kind], configException(reason));
}

function clientConfig({ settingsFile, properties, bootstrapServer }: ConnectionOptions): Map<string, string> {
  const values = new Map(settingsFile?.values);
  for (const [key, value] of Object.entries(properties ?? {})) values.set(key, value);
  if (bootstrapServer !== undefined) values.set('bootstrap.servers', bootstrapServer);
  return values;
}

/**
 * Reads a `.properties` file, as Java does when a tool is given one.
 *
 * @throws JavaError whose text is the path where there is no such file, and one for a \u that is no letter
 */
export async function readPropertiesFile(path: string): Promise<Map<string, string>> {
  return new Map((await readSettingsFile(path)).values);
}

async function readSettingsFile(path: string): Promise<SettingsFile> {
  const [{ MalformedEscape, parsePropertiesFile }, { readWholeFile }] = await Promise.all([
    import('../../config/properties-file.js'),
    import('../../config/read-whole-file.js'),
  ]);
  try {
    // Java takes the empty path for the current directory.
    return { name: path, ...parsePropertiesFile(readWholeFile(path === '' ? '.' : path)) };
  } catch (error) {
    if (error instanceof MalformedEscape) throw illegalArgument('Malformed \\uxxxx encoding.');
    throw fileError(error, path);
  }
}

/** The list as ours is written: with brackets around IPv6 addresses, which Kafka's may have anywhere or not at all. */
async function readBootstrap(list: string | undefined, kind: ClientKind): Promise<string> {
  if (list === undefined || list === '') throw buildFailure(kind, 'You must set either bootstrap.servers or bootstrap.controllers');
  const entries = list.split(',').map((entry) => entry.trim());
  if (entries.includes('')) throw configException("Configuration 'bootstrap.servers' values must not be empty.");
  const addresses = entries.map((entry) => {
    const address = splitAddress(entry);
    if (address === undefined) throw buildFailure(kind, `Invalid url in bootstrap.servers: ${entry}`);
    if (Number(address.port) > 65_535) throw buildFailure(kind, `Invalid port in bootstrap.servers: ${entry}`);
    // To Java no name is this machine.
    return { port: address.port, host: address.host === '' ? 'localhost' : address.host };
  });
  if (!(await isAnyKnown(addresses.map(({ host }) => host)))) {
    throw buildFailure(kind, 'No resolvable bootstrap urls given in bootstrap.servers');
  }
  const { isIP } = await import('node:net');
  // What has colons and is no address has no name either: Kafka goes on with the others.
  const usable = addresses.filter(({ host }) => !host.includes(':') || isIP(host) !== 0);
  return usable.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)).join(',');
}

/** Whether the name service knows one of the hosts: a client that can wait for brokers does not wait for names. */
async function isAnyKnown(hosts: readonly string[]): Promise<boolean> {
  const { isIP } = await import('node:net');
  if (hosts.some((host) => host === 'localhost' || isIP(host) !== 0)) return true;
  const { lookup } = await import('node:dns/promises');
  const found = await Promise.allSettled(hosts.map((host) => lookup(host)));
  return found.some(({ status }) => status === 'fulfilled');
}
