import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CliError } from '../core/errors.js';
import { awaitBrokers } from './await-brokers.js';
import { startBrokerProcess, type BrokerProcess } from './broker-process.js';
import {
  brokerSettings,
  dataFolder,
  logFile,
  plainPort,
  renderProperties,
  settingsFile,
  type BrokerPlace,
} from './broker-settings.js';
import { choosePlaces } from './choose-places.js';
import { createScramUsers } from './create-scram-users.js';
import { formatStorage } from './format-storage.js';
import { locateKafka, type Kafka, type LocateOptions } from './locate-kafka.js';
import { prepareKafka } from './prepare-kafka.js';
import { randomId } from './random-id.js';
import { SandboxBroker } from './sandbox-broker.js';
import { createSecureFolder, type SecureFolder } from './secure-folder.js';
import { secureSettings } from './secure-settings.js';
import { writeSecret } from './write-secret.js';

export interface ClusterOptions extends LocateOptions {
  readonly brokers?: 1 | 3 | undefined;
  /** Port of the first broker, the others follow it; unset: free ports. */
  readonly port?: number | undefined;
  /** The port of each broker, for a cluster that was there before. */
  readonly ports?: readonly number[] | undefined;
  /** Folder for settings, data and logs; unset: a temporary one that is removed at the end. */
  readonly dir?: string | undefined;
  /** Broker settings on top of the sandbox's own. */
  readonly extraConfig?: Readonly<Record<string, string>> | undefined;
  /** Kafka found earlier, to spare the search. */
  readonly kafka?: Kafka | undefined;
  /** SASL_SSL with users and ACLs, see {@link SecureAccess}. */
  readonly secure?: boolean | undefined;
  /** Id of the cluster whose data is in `dir` already. */
  readonly clusterId?: string | undefined;
}

/** How to get into a secure cluster. */
export interface SecureAccess extends SecureFolder {
  /** Without TLS, the same users and mechanisms (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512). */
  readonly saslPlaintextBootstrap: string;
  /** TLS with the certificate of {@link SecureFolder.client}, which may do everything. */
  readonly mutualTlsBootstrap: string;
  /** Without any security; may do everything. */
  readonly internalBootstrap: string;
}

/** A running cluster that ends with this process, unless its brokers are released. */
export interface SandboxCluster {
  readonly kafka: Kafka;
  readonly clusterId: string;
  /** All brokers, as `host:port,...`; the SASL_SSL listener of a secure cluster. */
  readonly bootstrap: string;
  readonly secure?: SecureAccess | undefined;
  readonly brokers: readonly SandboxBroker[];
  readonly dir: string;
  /** Kills the brokers at once and, when the folder is a temporary one, removes it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a real Kafka cluster (KRaft, every broker a controller too) on 127.0.0.1 and waits until every broker is registered
 * and answers.
 *
 * @throws CliError `not-found` (Java or Maven missing), `usage` (a port that is taken), `broker` (a broker that ends or never
 *   answers; the end of its log in the hint), `io`, `aborted`
 */
export async function startCluster(options: ClusterOptions = {}): Promise<SandboxCluster> {
  const kafka = options.kafka ?? (await locateKafka(options));
  await prepareKafka(kafka, options);
  const count = options.brokers ?? 1;
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'kafkit-sandbox-')));
  const isDisposable = options.dir === undefined;
  const clusterId = options.clusterId ?? randomId();
  const brokers: SandboxBroker[] = [];
  const kill = (): Promise<unknown> => Promise.all(brokers.map((broker) => broker.process.stop(0)));
  const stop = async (): Promise<void> => {
    await kill();
    if (isDisposable) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const places = await choosePlaces({ dir, count, port: options.port, ports: options.ports, secure: options.secure });
    const folder = options.secure === true ? await createSecureFolder(join(dir, 'secure'), Date.now()) : undefined;
    options.onProgress?.(`starting ${count === 1 ? 'one broker' : `${count} brokers`} of Kafka ${kafka.version}`);
    await Promise.all(places.map((place) => formatPlace(place, places, { kafka, clusterId, options, folder })));
    for (const place of places) brokers.push(await startBroker(kafka, place, isDisposable, brokers));
    await awaitBrokers(brokers, options.signal);
    if (folder !== undefined) await createScramUsers(plainPort(brokers[0]?.place ?? { port: 0 }), folder.passwords);
    const secure = folder && secureAccess(folder, places);
    return { kafka, clusterId, bootstrap: addresses(places, ({ port }) => port), secure, brokers, dir, stop };
  } catch (error) {
    await kill();
    if (isDisposable) await keepLogsOnly(dir, error);
    throw error;
  }
}

function addresses(places: readonly BrokerPlace[], portOf: (place: BrokerPlace) => number): string {
  return places.map((place) => `127.0.0.1:${portOf(place)}`).join(',');
}

function secureAccess(folder: SecureFolder, places: readonly BrokerPlace[]): SecureAccess {
  return {
    ...folder,
    saslPlaintextBootstrap: addresses(places, ({ port, securePorts }) => securePorts?.saslPlaintext ?? port),
    mutualTlsBootstrap: addresses(places, ({ port, securePorts }) => securePorts?.mutualTls ?? port),
    internalBootstrap: addresses(places, plainPort),
  };
}

async function startBroker(
  kafka: Kafka,
  place: BrokerPlace,
  isDisposable: boolean,
  cluster: readonly SandboxBroker[],
): Promise<SandboxBroker> {
  const start = (): Promise<BrokerProcess> => startBrokerProcess({ kafka, dir: place.dir, isDisposable });
  return new SandboxBroker(place, await start(), start, cluster);
}

interface FormatContext {
  readonly kafka: Kafka;
  readonly clusterId: string;
  readonly options: ClusterOptions;
  readonly folder: SecureFolder | undefined;
}

/** Writes a broker's settings, and formats its storage unless data is there already. */
async function formatPlace(place: BrokerPlace, places: readonly BrokerPlace[], context: FormatContext): Promise<void> {
  const { kafka, clusterId, options, folder } = context;
  const secure = folder && place.securePorts && secureSettings(place, place.securePorts, folder);
  const settings = brokerSettings(place, places, { ...secure, ...options.extraConfig });
  await mkdir(place.dir, { recursive: true });
  await writeSecret(settingsFile(place.dir), renderProperties(settings));
  const isFormatted = await stat(join(dataFolder(place.dir), 'meta.properties')).catch(() => undefined);
  if (isFormatted === undefined) {
    await formatStorage({ kafka, dir: place.dir, nodeId: place.id, clusterId, signal: options.signal });
  }
}

/** After a failed start the logs stay for a look; after an interrupted one nothing does. */
async function keepLogsOnly(dir: string, error: unknown): Promise<void> {
  const isInterrupted = error instanceof CliError && error.code === 'aborted';
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const logs = isInterrupted ? [] : entries.filter(({ name }) => name === basename(logFile('')));
  if (logs.length === 0) return rm(dir, { recursive: true, force: true, maxRetries: 3 });
  for (const { parentPath, name } of entries) {
    const path = join(parentPath, name);
    const isKept = logs.some((log) => join(log.parentPath, log.name).startsWith(path));
    if (!isKept) await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
