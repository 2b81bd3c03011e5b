import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../core/errors.js';
import { withFileLock } from './file-lock.js';
import { findJava, findOnPath, type Java } from './find-java.js';
import { fetchJars } from './maven-jars.js';
import { cacheFolder } from './user-folders.js';

/** What a sandbox runs when nobody says otherwise. */
export const defaultKafkaVersion = '4.3.0';

/** An Apache Kafka that can be run on this machine. */
export interface Kafka {
  readonly version: string;
  /** Folder of jars, for `java -cp 'LIBS/*'`. */
  readonly libs: string;
  readonly java: Java;
  /** Folder for what is derived from these jars and this Java to start faster. */
  readonly cache: string;
}

export interface LocateOptions {
  /** Version to run. Unset: the one in `KAFKA_HOME`, or {@link defaultKafkaVersion}. */
  readonly kafkaVersion?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds Kafka's jars: `KAFKA_HOME` (unless another version is asked for), the user's cache, or a download by Maven into it.
 *
 * @throws CliError `not-found` with everything that must be installed; `usage` for a version that cannot be; `io`; `aborted`
 */
export async function locateKafka(options: LocateOptions = {}): Promise<Kafka> {
  const env = options.env ?? process.env;
  if (options.kafkaVersion !== undefined) checkVersion(options.kafkaVersion);
  const search = await findJava(env);
  const home = await kafkaHome(env);
  if (home !== undefined && (options.kafkaVersion ?? home.version) === home.version) {
    if (search.kind === 'missing') throw missingError([search.reason]);
    return { ...home, java: search.java, cache: await derivedFolder(env, `home-${home.id}`, search.java) };
  }
  const version = options.kafkaVersion ?? defaultKafkaVersion;
  const libs = join(cacheFolder(env), `kafka-${version}`, 'libs');
  const maven = (await isFolder(libs)) ? undefined : await findOnPath('mvn', env);
  const missing = search.kind === 'missing' ? [search.reason] : [];
  if (maven === undefined && !(await isFolder(libs))) missing.push('Maven (mvn is not on the PATH), to download Kafka once');
  if (search.kind === 'missing' || missing.length > 0) throw missingError(missing);
  if (maven !== undefined) await fetchOnce({ maven, version, target: libs, env, signal: options.signal }, options.onProgress);
  return { version, libs, java: search.java, cache: await derivedFolder(env, `kafka-${version}`, search.java) };
}

function checkVersion(version: string): void {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  const [major, minor] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts !== null && (major > 3 || (major === 3 && minor >= 9))) return;
  throw new CliError('usage', `'${version}' is not a Kafka version the sandbox can run`, {
    hint: 'use 3.9.0 or newer, such as 4.3.0',
  });
}

function missingError(missing: readonly string[]): CliError {
  return new CliError('not-found', `the sandbox runs Apache Kafka and needs ${missing.join(', and ')}`, {
    hint:
      'on Debian or Ubuntu: apt-get install openjdk-17-jre-headless maven; on macOS: brew install openjdk maven; ' +
      'instead of Maven, KAFKA_HOME may name an unpacked Kafka distribution',
  });
}

/** Two processes that need the same version fetch it once: the second waits and finds it done. */
async function fetchOnce(fetch: Parameters<typeof fetchJars>[0], onProgress: LocateOptions['onProgress']): Promise<void> {
  const folder = join(fetch.target, '..');
  await mkdir(folder, { recursive: true });
  const onWait = (lock: string): void =>
    onProgress?.(`waiting for another process that downloads Kafka ${fetch.version} (${lock})`);
  await withFileLock(join(folder, 'download.lock'), { signal: fetch.signal, onWait }, async () => {
    if (await isFolder(fetch.target)) return;
    onProgress?.(`downloading Kafka ${fetch.version} with Maven (once, about 60 MB)`);
    await fetchJars(fetch);
  });
}

interface KafkaHome {
  readonly version: string;
  readonly libs: string;
  /** Changes when the jars do. */
  readonly id: string;
}

async function kafkaHome(env: NodeJS.ProcessEnv): Promise<KafkaHome | undefined> {
  const home = env['KAFKA_HOME'];
  if (home === undefined || home === '') return undefined;
  const libs = join(home, 'libs');
  const jars = await readdir(libs).catch((): string[] => []);
  const version = jars.map((jar) => /^kafka-clients-(\d+\.\d+\.\d+.*)\.jar$/.exec(jar)?.[1]).find((found) => found !== undefined);
  if (version === undefined) {
    throw new CliError('config', `KAFKA_HOME is '${home}', which has no libs/kafka-clients-VERSION.jar`, {
      hint: 'set KAFKA_HOME to an unpacked Kafka distribution, or unset it to download Kafka with Maven',
    });
  }
  const { mtimeMs } = await stat(libs);
  const identity = [await realpath(libs), mtimeMs, ...jars.sort()].join('\n');
  return { version, libs: await realpath(libs), id: createHash('sha256').update(identity).digest('hex').slice(0, 16) };
}

async function derivedFolder(env: NodeJS.ProcessEnv, name: string, java: Java): Promise<string> {
  const folder = join(cacheFolder(env), name, `java-${java.version.replace(/[^\w.+-]/g, '_')}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
