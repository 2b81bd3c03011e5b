import { mkdir, mkdtemp, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../core/errors.js';
import { awaitBrokers } from './await-brokers.js';
import { startBrokerProcess, type BrokerProcess } from './broker-process.js';
import { brokerSettings, dataFolder, logFile, renderProperties, settingsFile, type BrokerPlace } from './broker-settings.js';
import { formatStorage } from './format-storage.js';
import { locateKafka, type Kafka, type LocateOptions } from './locate-kafka.js';
import { findFreePorts, isPortFree } from './ports.js';
import { prepareKafka } from './prepare-kafka.js';
import { randomId } from './random-id.js';
import { SandboxBroker } from './sandbox-broker.js';

export interface ClusterOptions extends LocateOptions {
  readonly brokers?: 1 | 3 | undefined;
  /** Port of the first broker, the others follow it; unset: free ports. */
  readonly port?: number | undefined;
  /** Folder for settings, data and logs; unset: a temporary one that is removed at the end. */
  readonly dir?: string | undefined;
  /** Broker settings on top of the sandbox's own. */
  readonly extraConfig?: Readonly<Record<string, string>> | undefined;
  /** Kafka found earlier, to spare the search. */
  readonly kafka?: Kafka | undefined;
  /** Id of the cluster whose data is in `dir` already. */
  readonly clusterId?: string | undefined;
}

/** A running cluster that ends with this process, unless its brokers are released. */
export interface SandboxCluster {
  readonly kafka: Kafka;
  readonly clusterId: string;
  /** All brokers, as `host:port,...`. */
  readonly bootstrap: string;
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
  const places = await choosePlaces(dir, count, options.port);
  options.onProgress?.(`starting ${count === 1 ? 'one broker' : `${count} brokers`} of Kafka ${kafka.version}`);
  const brokers: SandboxBroker[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(brokers.map((broker) => broker.process.stop(0)));
    if (isDisposable) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await Promise.all(places.map((place) => formatPlace(place, places, { kafka, clusterId, options })));
    for (const place of places) brokers.push(await startBroker(kafka, place, isDisposable, brokers));
    await awaitBrokers(brokers, options.signal);
  } catch (error) {
    await Promise.all(brokers.map((broker) => broker.process.stop(0)));
    if (isDisposable) await keepLogsOnly(places, dir, error);
    throw error;
  }
  return { kafka, clusterId, bootstrap: places.map(({ port }) => `127.0.0.1:${port}`).join(','), brokers, dir, stop };
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

async function choosePlaces(dir: string, count: number, port: number | undefined): Promise<BrokerPlace[]> {
  const chosen = port === undefined ? undefined : Array.from({ length: count }, (_, index) => port + index);
  for (const taken of chosen ?? []) {
    if (await isPortFree(taken)) continue;
    throw new CliError('usage', `port ${taken} is taken`, { hint: 'choose another with --port, or leave it out for free ports' });
  }
  const free = await findFreePorts(chosen === undefined ? count * 2 : count);
  const ports = chosen ?? free.splice(0, count);
  return ports.map((own, index) => {
    const controllerPort = free[index] as number; // findFreePorts gave one for each
    return { id: index + 1, port: own, controllerPort, dir: join(dir, `broker-${index + 1}`) };
  });
}

interface FormatContext {
  readonly kafka: Kafka;
  readonly clusterId: string;
  readonly options: ClusterOptions;
}

/** Writes a broker's settings, and formats its storage unless data is there already. */
async function formatPlace(place: BrokerPlace, places: readonly BrokerPlace[], context: FormatContext): Promise<void> {
  const { kafka, clusterId, options } = context;
  await mkdir(place.dir, { recursive: true });
  await writeFile(settingsFile(place.dir), renderProperties(brokerSettings(place, places, options.extraConfig)));
  const isFormatted = await stat(join(dataFolder(place.dir), 'meta.properties')).catch(() => undefined);
  if (isFormatted === undefined) {
    await formatStorage({ kafka, dir: place.dir, nodeId: place.id, clusterId, signal: options.signal });
  }
}

/** After a failed start the logs stay for a look; after an interrupted one nothing does. */
async function keepLogsOnly(places: readonly BrokerPlace[], dir: string, error: unknown): Promise<void> {
  const isInterrupted = error instanceof CliError && error.code === 'aborted';
  for (const place of places) {
    await rm(dataFolder(place.dir), { recursive: true, force: true, maxRetries: 3 });
    await rm(join(place.dir, 'tmp'), { recursive: true, force: true, maxRetries: 3 });
    if (isInterrupted) await rm(logFile(place.dir), { force: true });
    if (isInterrupted) await rm(place.dir, { recursive: true, force: true });
  }
  if (isInterrupted) await rmdir(dir).catch(() => undefined);
}
