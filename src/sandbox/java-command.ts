import { writeFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kafka } from './locate-kafka.js';

/** Flags for a JVM that lives shortly or does little: quick to start, small. */
const lightFlags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Djava.awt.headless=true'];

export interface JavaCommandOptions {
  readonly heapMb?: number;
  /** More flags for the JVM. */
  readonly flags?: readonly string[];
  /** Where libraries unpack their native parts; they stay there when the JVM is killed. */
  readonly tempDir?: string;
}

/** The archive of loaded classes that halves the start of a JVM; absent until {@link prepareKafka} made it. */
export const classArchive = (kafka: Kafka): string => join(kafka.cache, 'classes.jsa');

const log4j2File = (kafka: Kafka): string => join(kafka.cache, 'log4j2.properties');
const log4jFile = (kafka: Kafka): string => join(kafka.cache, 'log4j.properties');

/** The arguments of `java` before the name of a main class out of Kafka's jars. */
export async function javaArguments(kafka: Kafka, options: JavaCommandOptions = {}): Promise<string[]> {
  const archive = classArchive(kafka);
  const hasArchive = await stat(archive).then(
    () => true,
    () => false,
  );
  return [
    `-Xmx${options.heapMb ?? 256}m`,
    ...lightFlags,
    // An archive that does not fit is not used; without this the JVM says so on stdout, among a tool's own lines.
    ...(hasArchive ? [`-XX:SharedArchiveFile=${archive}`, '-Xlog:disable'] : []),
    `-Dlog4j2.configurationFile=file:${log4j2File(kafka)}`,
    `-Dlog4j.configuration=file:${log4jFile(kafka)}`,
    ...(options.tempDir === undefined ? [] : [`-Djava.io.tmpdir=${options.tempDir}`]),
    ...(options.flags ?? []),
    '-cp',
    join(kafka.libs, '*'),
  ];
}

const log4j2Settings = `rootLogger.level=\${sys:kafkit.log.level:-WARN}
rootLogger.appenderRef.stream.ref=STREAM
appender.stream.type=Console
appender.stream.name=STREAM
appender.stream.target=SYSTEM_ERR
appender.stream.layout.type=PatternLayout
appender.stream.layout.pattern=[%d] %p %m (%c)%n
`;

/** For distributions before 4.0, which bring the older logging backend. */
const log4jSettings = `kafkit.log.level=WARN
log4j.rootLogger=\${kafkit.log.level},STREAM
log4j.appender.STREAM=org.apache.log4j.ConsoleAppender
log4j.appender.STREAM.Target=System.err
log4j.appender.STREAM.layout=org.apache.log4j.PatternLayout
log4j.appender.STREAM.layout.ConversionPattern=[%d] %p %m (%c)%n
`;

/** Writes the logging settings that {@link javaArguments} names. */
export async function writeLogSettings(kafka: Kafka): Promise<void> {
  await writeWhole(log4j2File(kafka), log4j2Settings);
  await writeWhole(log4jFile(kafka), log4jSettings);
}

/** Writes a file under a temporary name and renames it, so that a reader never sees half of one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, path);
}
