import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locateKafka } from '../../../src/sandbox/locate-kafka.js';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-locate-'));
  await fakeProgram('java', `echo 'openjdk version "17.0.1"' >&2`);
  // Programs of the shell scripts below, but no real Java or Maven before ours.
  env = { PATH: [join(folder, 'bin'), '/usr/bin', '/bin'].join(delimiter), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
});

afterEach(() => rm(folder, { recursive: true }));

async function fakeProgram(name: string, script: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'bin', name), 0o755);
}

/** A Maven that takes its time to put one jar where it was told to, and counts its runs. */
function fakeMaven(last = 'true'): Promise<void> {
  return fakeProgram(
    'mvn',
    `echo run >> "${folder}/runs"
for word in "$@"; do case "$word" in -DoutputDirectory=*) out="\${word#*=}";; esac; done
mkdir -p "$out"; sleep 0.2; echo jar > "$out/kafka-clients-4.3.0.jar"; ${last}`,
  );
}

async function mavenRuns(): Promise<number> {
  return (await readFile(join(folder, 'runs'), 'utf8')).split('\n').length - 1;
}

test('jars are downloaded once and then found, also by two at the same time', async () => {
  await fakeMaven();
  const progress: string[] = [];
  const options = { env, kafkaVersion: '4.3.0', onProgress: (message: string): void => void progress.push(message) };
  const [first, second] = await Promise.all([locateKafka(options), locateKafka(options)]);
  const third = await locateKafka(options);
  const libs = join(folder, 'cache', 'kafkit', 'kafka-4.3.0', 'libs');
  expect([first.libs, second.libs, third.libs]).toEqual([libs, libs, libs]);
  expect(await mavenRuns()).toBe(1);
  // Which of the two is first is chance.
  expect(progress).toContain('downloading Kafka 4.3.0 with Maven (once, about 60 MB)');
  expect((await readdir(join(libs, '..'))).sort()).toEqual(['java-17.0.1', 'libs']);
});

test('a download that fails counts for nothing, and says what Maven said', async () => {
  await fakeMaven('echo "[ERROR] Could not transfer artifact: Connection refused"; exit 1');
  await expect(locateKafka({ env, kafkaVersion: '4.3.0' })).rejects.toMatchObject({
    code: 'io',
    message: 'Maven could not download Kafka 4.3.0: Could not transfer artifact: Connection refused',
  });
  expect(await readdir(join(folder, 'cache', 'kafkit', 'kafka-4.3.0'))).toEqual([]);
  await fakeMaven();
  expect(await locateKafka({ env, kafkaVersion: '4.3.0' })).toMatchObject({ version: '4.3.0' });
});

test('a version that does not exist is told apart from a network that does not work', async () => {
  await fakeMaven('echo "[ERROR] Failed: Could not find artifact org.apache.kafka:kafka_2.13:jar:9.9.9"; exit 1');
  await expect(locateKafka({ env, kafkaVersion: '9.9.9' })).rejects.toMatchObject({
    code: 'not-found',
    message: 'there is no Kafka 9.9.9 in the Maven repository',
  });
});

test('an interrupted download leaves nothing behind', async () => {
  await fakeMaven('exec sleep 30');
  const controller = new AbortController();
  const located = locateKafka({ env, kafkaVersion: '4.3.0', signal: controller.signal });
  setTimeout(() => controller.abort(), 400);
  await expect(located).rejects.toMatchObject({ code: 'aborted' });
  expect(await readdir(join(folder, 'cache', 'kafkit', 'kafka-4.3.0'))).toEqual([]);
});

test('KAFKA_HOME is used without Maven, with its own version', async () => {
  const libs = join(folder, 'kafka', 'libs');
  await mkdir(libs, { recursive: true });
  await writeFile(join(libs, 'kafka-clients-4.1.0.jar'), '');
  const kafka = await locateKafka({ env: { ...env, KAFKA_HOME: join(folder, 'kafka') } });
  expect(kafka).toMatchObject({ version: '4.1.0', libs, java: { version: '17.0.1' } });
});

test('another version than that of KAFKA_HOME is downloaded', async () => {
  await mkdir(join(folder, 'kafka', 'libs'), { recursive: true });
  await writeFile(join(folder, 'kafka', 'libs', 'kafka-clients-4.1.0.jar'), '');
  await fakeMaven();
  const kafka = await locateKafka({ env: { ...env, KAFKA_HOME: join(folder, 'kafka') }, kafkaVersion: '4.3.0' });
  expect(kafka.version).toBe('4.3.0');
});

test('a KAFKA_HOME without Kafka is an error, not a reason to download', async () => {
  await expect(locateKafka({ env: { ...env, KAFKA_HOME: folder } })).rejects.toMatchObject({
    code: 'config',
    message: `KAFKA_HOME is '${folder}', which has no libs/kafka-clients-VERSION.jar`,
  });
});

test.each(['4', '4.3', '2.8.0', '../4.3.0', 'latest'])('%s is no version to run', async (kafkaVersion) => {
  await expect(locateKafka({ env, kafkaVersion })).rejects.toMatchObject({
    code: 'usage',
    message: `'${kafkaVersion}' is not a Kafka version the sandbox can run`,
  });
});
