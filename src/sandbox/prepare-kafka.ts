import { mkdtemp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awaitBrokers } from './await-brokers.js';
import { startBrokerProcess } from './broker-process.js';
import { brokerSettings, logFile, renderProperties, settingsFile, type BrokerPlace } from './broker-settings.js';
import { withFileLock } from './file-lock.js';
import { formatStorage, saveTemplate } from './format-storage.js';
import { classArchive, writeLogSettings } from './java-command.js';
import type { Kafka } from './locate-kafka.js';
import { findFreePorts } from './ports.js';
import { randomId } from './random-id.js';

export interface PrepareOptions {
  readonly onProgress?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const doneFile = (kafka: Kafka): string => join(kafka.cache, 'prepared-1');

/**
 * Once for each version of Kafka and Java: formats and runs a throw-away broker, to keep what formatting wrote and an archive of
 * the classes a broker loads. Later starts take half the time; without either everything works, only slower.
 *
 * @throws CliError `broker` or `io` when that first broker cannot run, which no other could either; `aborted`
 */
export async function prepareKafka(kafka: Kafka, options: PrepareOptions = {}): Promise<void> {
  if (await exists(doneFile(kafka))) return;
  const onWait = (lock: string): void => options.onProgress?.(`waiting for another process that prepares Kafka (${lock})`);
  await withFileLock(join(kafka.cache, 'prepare.lock'), { signal: options.signal, onWait }, async () => {
    if (await exists(doneFile(kafka))) return;
    options.onProgress?.(`preparing Kafka ${kafka.version} for quick starts (once)`);
    await writeLogSettings(kafka);
    const dir = await mkdtemp(join(kafka.cache, 'first-run-'));
    try {
      await firstRun(kafka, dir, options.signal);
      await writeFile(doneFile(kafka), '');
    } finally {
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    }
  });
}

async function firstRun(kafka: Kafka, dir: string, signal: AbortSignal | undefined): Promise<void> {
  const [port = 0, controllerPort = 0] = await findFreePorts(2);
  const place: BrokerPlace = { id: 1, port, controllerPort, dir: join(dir, 'broker-1') };
  await mkdir(place.dir);
  await writeFile(settingsFile(place.dir), renderProperties(brokerSettings(place, [place])));
  await formatStorage({ kafka, dir: place.dir, nodeId: 1, clusterId: randomId(), signal });
  await saveTemplate(kafka, place.dir);
  const draft = join(dir, 'classes.jsa');
  const flags = [`-XX:ArchiveClassesAtExit=${draft}`, '-Xlog:disable'];
  const broker = await startBrokerProcess({ kafka, dir: place.dir, isDisposable: false, flags });
  try {
    await awaitBrokers([{ id: 1, plainPort: port, logFile: logFile(place.dir), process: broker }], signal);
  } catch (error) {
    await broker.stop(0);
    throw error;
  }
  // The archive is written when the JVM ends by itself.
  await broker.stop(60_000);
  // A JVM that cannot make archives leaves none, and starts without.
  await rename(draft, classArchive(kafka)).catch(() => undefined);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
