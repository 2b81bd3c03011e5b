import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../core/errors.js';
import { runProgram } from './run-program.js';

export interface FetchOptions {
  readonly maven: string;
  readonly version: string;
  /** Directory that appears, complete, when the download is; its parent is created. */
  readonly target: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads the broker, its tools and a logging backend with Maven into `target`.
 *
 * @throws CliError `not-found` when the repository has no such version, `io` for any other failure, `aborted`
 */
export async function fetchJars({ maven, version, target, env, signal }: FetchOptions): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.partial-`);
  try {
    const pom = join(draft, 'pom.xml');
    await writeFile(pom, renderPom(version));
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'jars')}`, '-DincludeScope=runtime'];
    const result = await runProgram(maven, ['-B', '-Dstyle.color=never', '-f', pom, ...goal], { env, signal, cwd: draft });
    if (result.code !== 0) throw mavenError(version, result.stdout + result.stderr);
    await rename(join(draft, 'jars'), target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function mavenError(version: string, output: string): CliError {
  const errors = output.split('\n').filter((line) => line.startsWith('[ERROR]') && line.length > 10);
  const reason = (errors[0] ?? output.trim().split('\n').at(-1) ?? '').replace('[ERROR] ', '');
  if (/Could not find artifact org\.apache\.kafka:/.test(output)) {
    return new CliError('not-found', `there is no Kafka ${version} in the Maven repository`, { hint: reason });
  }
  return new CliError('io', `Maven could not download Kafka ${version}: ${reason}`, {
    hint: 'check the network and Maven settings, or set KAFKA_HOME to an unpacked Kafka distribution',
  });
}

/** A project whose runtime dependencies are what a broker needs; without a logging backend a broker that fails says nothing. */
export function renderPom(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafkit</groupId>
  <artifactId>sandbox</artifactId>
  <version>1</version>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', version)}
    ${dependency('org.apache.kafka', 'kafka-tools', version)}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.1')}
  </dependencies>
</project>
`;
}

/** Kafka 3.9 brings a logging backend of its own, and two of them are ambiguous. */
function dependency(group: string, artifact: string, version: string): string {
  const exclusion = '<exclusion><groupId>org.slf4j</groupId><artifactId>slf4j-reload4j</artifactId></exclusion>';
  return (
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>` +
    `<exclusions>${exclusion}</exclusions></dependency>`
  );
}
