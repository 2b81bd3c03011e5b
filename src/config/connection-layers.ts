import { CliError } from '../core/errors.js';
import { honouredKeys } from './client-keys.js';
import { contextFile, currentContext, type Environment } from './contexts.js';
import type { Layer } from './resolve.js';
import { systemReason } from '../core/system-reason.js';

/** A settings file whose content is known. */
export interface SettingsFile {
  /** What messages call it: the path that was given. */
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
  /** Line of each key, for messages that must not repeat what stands there. */
  readonly lines?: ReadonlyMap<string, number> | undefined;
}

/** What the command line says about the connection; unset options are absent. */
export interface ConnectionOptions {
  readonly bootstrapServer?: string | undefined;
  readonly context?: string | undefined;
  /** A `.properties` file with Kafka's own keys. */
  readonly commandConfig?: string | undefined;
  /** The same, read already: a pipe gives its content only once. */
  readonly settingsFile?: SettingsFile | undefined;
  /** Single properties of the command line (`--command-property KEY=VALUE`), by Kafka's own keys. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** Everything that says something about the connection, the weakest layer first, and what is odd about it. */
export interface ConnectionLayers {
  readonly layers: readonly Layer[];
  readonly warnings: readonly string[];
}

/** Where the layers are read from. */
interface LayerSources {
  readonly env: Environment;
  readonly readBytes: (path: string) => Uint8Array;
  readonly warnings: string[];
}

/**
 * Reads the layers: the selected context < the environment (the file of `KAFKIT_COMMAND_CONFIG`, then single variables) < what was
 * typed (`--context`, then the settings file, then single properties, then `--bootstrap-server`).
 *
 * @throws CliError `config` for a context or file that cannot be read, and where a typed context leaves open which cluster is meant
 */
export async function connectionLayers(
  options: ConnectionOptions,
  given: Omit<LayerSources, 'warnings'>,
): Promise<ConnectionLayers> {
  const sources = { ...given, warnings: [] };
  const [untyped, typed] = [await untypedLayers(options, sources), await typedLayers(options, sources)];
  const context = options.context === undefined ? undefined : typed[0];
  if (context !== undefined) requireAddress(context, typed, untyped);
  const overruled = context === undefined ? [] : overruledContext(context, typed);
  return { layers: [...withoutRivals(untyped, typed), ...typed], warnings: [...sources.warnings, ...overruled] };
}

async function untypedLayers(options: ConnectionOptions, sources: LayerSources): Promise<Layer[]> {
  const { env } = sources;
  const layers: Layer[] = [];
  const selected = options.context === undefined ? selectedContext(env) : undefined;
  if (selected !== undefined) layers.push(await contextLayer(selected.name, selected.by, sources));
  const file = options.commandConfig === undefined ? nonEmpty(env['KAFKIT_COMMAND_CONFIG']) : undefined;
  if (file !== undefined)
    layers.push(await fileLayer(file, `${file} (KAFKIT_COMMAND_CONFIG)`, sources, 'that KAFKIT_COMMAND_CONFIG names'));
  return [...layers, ...environmentLayers(env)];
}

async function typedLayers(
  { context, commandConfig, settingsFile, ...typed }: ConnectionOptions,
  sources: LayerSources,
): Promise<Layer[]> {
  const layers: Layer[] = [];
  if (context !== undefined) layers.push(await contextLayer(context, '', sources));
  if (commandConfig !== undefined) layers.push(await fileLayer(commandConfig, commandConfig, sources));
  if (settingsFile !== undefined) layers.push({ ...settingsFile, source: settingsFile.name });
  if (typed.properties !== undefined) layers.push({ source: 'command line', values: new Map(Object.entries(typed.properties)) });
  if (typed.bootstrapServer !== undefined) {
    layers.push({ source: '--bootstrap-server', values: new Map([[address, typed.bootstrapServer]]) });
  }
  return layers;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

const address = 'bootstrap.servers';

/** The environment variable of a key: `security.protocol` is `KAFKIT_SECURITY_PROTOCOL`. */
function environmentName(key: string): string {
  return `KAFKIT_${key.toUpperCase().replaceAll('.', '_')}`;
}

function environmentLayers(env: Environment): Layer[] {
  const names = [...honouredKeys.map((key) => [environmentName(key), key] as const), ['KAFKIT_BOOTSTRAP_SERVER', address] as const];
  return names.flatMap(([name, key]) => {
    const value = nonEmpty(env[name]);
    return value === undefined ? [] : [{ source: name, values: new Map([[key, value]]) }];
  });
}

/** The context that is used where none is typed. */
function selectedContext(env: Environment): { name: string; by: string } | undefined {
  const named = nonEmpty(env['KAFKIT_CONTEXT']);
  if (named !== undefined) return { name: named, by: ' (KAFKIT_CONTEXT)' };
  const current = currentContext(env);
  return current === undefined ? undefined : { name: current, by: ' (the current one)' };
}

function contextLayer(name: string, by: string, sources: LayerSources): Promise<Layer> {
  return fileLayer(contextFile(name, sources.env), `context ${name}${by}`, sources);
}

/** @param called how the error for a file that cannot be read names it: a variable may hold anything, what was typed is seen anyway */
async function fileLayer(path: string, source: string, { readBytes, warnings }: LayerSources, called = path): Promise<Layer> {
  const { MalformedEscape, parsePropertiesFile, passByteOrderMark } = await import('./properties-file.js');
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    throw new CliError('config', `cannot read the settings file ${called}: ${systemReason(error)}`, { cause: error });
  }
  const content = passByteOrderMark(bytes);
  try {
    const { values, lines, warnings: found } = parsePropertiesFile(content.bytes);
    warnings.push(...[...content.warnings, ...found].map((warning) => `${source}: ${warning}`));
    return { source, values, lines };
  } catch (error) {
    if (!(error instanceof MalformedEscape)) throw error;
    throw new CliError('config', `cannot read the settings file ${called}: ${error.message}`, {
      cause: error,
      hint: 'write \\uXXXX for a letter, and \\\\ for a backslash',
    });
  }
}

/** Settings that say the same thing in different ways: where one is typed, those beside it come from nowhere else. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  'ssl.truststore.location': ['ssl.truststore.certificates', 'ssl.truststore.type'],
  'ssl.truststore.certificates': ['ssl.truststore.location', 'ssl.truststore.type'],
  'ssl.keystore.location': ['ssl.keystore.key', 'ssl.keystore.certificate.chain', 'ssl.keystore.type'],
  'ssl.keystore.key': ['ssl.keystore.location', 'ssl.keystore.type'],
  // Who names a cluster says how it is spoken to: credentials of another cluster must not be sent there.
  [address]: ['security.protocol'],
};

function withoutRivals(untyped: readonly Layer[], typed: readonly Layer[]): Layer[] {
  // An address alone, as -b gives it, is no description of a cluster.
  const descriptions = typed.filter(({ source }) => source !== '--bootstrap-server');
  const dropped = new Set(
    Object.keys(rivals).flatMap((key) => (descriptions.some(({ values }) => values.has(key)) ? (rivals[key] ?? []) : [])),
  );
  return untyped.map((layer) => ({ ...layer, values: new Map([...layer.values].filter(([key]) => !dropped.has(key))) }));
}

function requireAddress(context: Layer, typed: readonly Layer[], untyped: readonly Layer[]): void {
  const other = untyped.findLast(({ values }) => values.has(address));
  if (other === undefined || typed.some(({ values }) => values.has(address))) return;
  throw new CliError('config', `${context.source} names no ${address}, and ${other.source} may name those of another cluster`, {
    hint: `give -b HOST:PORT, or write ${address} into the file of the context`,
  });
}

function overruledContext(context: Layer, typed: readonly Layer[]): string[] {
  const winner = typed.findLast(({ values }) => values.has(address));
  const [own, chosen] = [context.values.get(address)?.trim(), winner?.values.get(address)?.trim()];
  if (winner === undefined || own === undefined || own === chosen) return [];
  return [`${winner.source} names other brokers than ${context.source}, and is followed`];
}
