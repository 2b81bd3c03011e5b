import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProgram } from './run-program.js';

/** Kafka 4 needs it; Kafka 3.9 accepts less, which is not worth a second rule. */
export const oldestJava = 17;

export interface Java {
  /** Absolute path of the `java` executable. */
  readonly path: string;
  /** The full version, such as `17.0.15`. */
  readonly version: string;
}

export type JavaSearch = { readonly kind: 'found'; readonly java: Java } | { readonly kind: 'missing'; readonly reason: string };

/** The first Java that is new enough, of `JAVA_HOME` and then the `PATH`; otherwise the reason why there is none. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<JavaSearch> {
  const candidates = await Promise.all([javaOfHome(env), findOnPath('java', env)]);
  const tooOld: string[] = [];
  for (const path of candidates) {
    const version = path === undefined ? undefined : await javaVersion(path, env);
    if (path === undefined || version === undefined) continue;
    if (majorVersion(version) >= oldestJava) return { kind: 'found', java: { path, version } };
    tooOld.push(`${path} is version ${version}`);
  }
  const seen = tooOld.length === 0 ? 'none was found in JAVA_HOME or on the PATH' : tooOld.join(', ');
  return { kind: 'missing', reason: `Java ${oldestJava} or newer (${seen})` };
}

async function javaOfHome(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const home = env['JAVA_HOME'];
  if (home === undefined || home === '') return undefined;
  const path = join(home, 'bin', 'java');
  return (await isExecutable(path)) ? path : undefined;
}

/** The absolute path of a program on the `PATH`, if it is there. */
export async function findOnPath(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const directory of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(directory, program);
    if (directory !== '' && (await isExecutable(path))) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function javaVersion(path: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await runProgram(path, ['-version'], { env });
    return parseJavaVersion(stderr + stdout);
  } catch {
    // A java that cannot be run counts as none.
    return undefined;
  }
}

/** The version in what `java -version` prints. */
export function parseJavaVersion(text: string): string | undefined {
  return /version "([^"]+)"/.exec(text)?.[1];
}

/** 17 for `17.0.15`, 8 for `1.8.0_442`. */
export function majorVersion(version: string): number {
  const [first = '', second = ''] = version.split(/[._-]/);
  return Number(first === '1' ? second : first);
}
