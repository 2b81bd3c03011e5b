import { readFileSync } from 'node:fs';
import type { ConnectionSettings } from '../core/connection-settings.js';
import { CliError } from '../core/errors.js';
import { honouredKeys } from './client-keys.js';
import { contextFile, currentContext, type Environment } from './contexts.js';
import { interpret, type Sources } from './interpret.js';
import { type Layer, resolveLayers, type Sourced } from './resolve.js';

/** What the command line says about the connection; unset options are absent. */
export interface ConnectionOptions {
  readonly bootstrapServer?: string | undefined;
  readonly context?: string | undefined;
  /** A `.properties` file with Kafka's own keys. */
  readonly commandConfig?: string | undefined;
  /** Single properties of the command line (`--command-property KEY=VALUE`), by Kafka's own keys. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** Settings for the client, what is odd about them, and every property with its source for those who need others. */
export type LoadedSettings = ConnectionSettings & {
  readonly warnings: readonly string[];
  readonly properties: ReadonlyMap<string, Sourced>;
};

/**
 * Puts the connection settings together: defaults < context < environment (`KAFKIT_` and a key in capitals, dots as
 * underscores) < settings file < command line.
 *
 * @throws CliError `config` with every problem at once, never with a secret
 */
export async function loadSettings(
  options: ConnectionOptions,
  env: Environment,
  now: () => number = () => Date.now(),
): Promise<LoadedSettings> {
  const fileWarnings: string[] = [];
  const layers: Layer[] = [];
  const context = options.context ?? nonEmpty(env['KAFKIT_CONTEXT']) ?? currentContext(env);
  if (context !== undefined) layers.push(await fileLayer(contextFile(context, env), `context ${context}`, fileWarnings));
  layers.push(...environmentLayers(env));
  const file = options.commandConfig ?? nonEmpty(env['KAFKIT_COMMAND_CONFIG']);
  if (file !== undefined) layers.push(await fileLayer(file, file, fileWarnings));
  layers.push({ source: 'command line', values: new Map(Object.entries(options.properties ?? {})) });
  if (options.bootstrapServer !== undefined) {
    layers.push({ source: '--bootstrap-server', values: new Map([['bootstrap.servers', options.bootstrapServer]]) });
  }
  const resolved = resolveLayers(layers);
  const { settings, warnings } = await interpret(resolved, realSources(now));
  return { ...settings, warnings: [...fileWarnings, ...warnings], properties: resolved.values };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** The environment variable of a key: `security.protocol` is `KAFKIT_SECURITY_PROTOCOL`. */
export function environmentName(key: string): string {
  return `KAFKIT_${key.toUpperCase().replaceAll('.', '_')}`;
}

function environmentLayers(env: Environment): Layer[] {
  const names = [
    ...honouredKeys.map((key) => [environmentName(key), key] as const),
    ['KAFKIT_BOOTSTRAP_SERVER', 'bootstrap.servers'] as const,
  ];
  return names.flatMap(([name, key]) => {
    const value = nonEmpty(env[name]);
    return value === undefined ? [] : [{ source: name, values: new Map([[key, value]]) }];
  });
}

async function fileLayer(path: string, source: string, warnings: string[]): Promise<Layer> {
  const { parsePropertiesFile } = await import('./properties-file.js');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CliError('config', `cannot read the settings file ${path}: ${reason(error)}`, { cause: error });
  }
  const { values, warnings: found } = parsePropertiesFile(bytes);
  warnings.push(...found.map((warning) => `${source}: ${warning}`));
  return { source, values };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function realSources(now: () => number): Sources {
  return {
    now,
    readText: (path) => readFileSync(path, 'utf8'),
    readBytes: (path) => readFileSync(path),
    async openTruststore(bytes, password) {
      const { readPkcs12Truststore } = await import('./pkcs12-truststore.js');
      return readPkcs12Truststore(bytes, password);
    },
  };
}
