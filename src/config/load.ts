import type { ConnectionSettings } from '../core/connection-settings.js';
import { connectionLayers, type ConnectionOptions } from './connection-layers.js';
import type { Environment } from './contexts.js';
import { interpret, type Sources } from './interpret.js';
import { readWholeFile } from './read-whole-file.js';
import { resolveLayers, type Sourced } from './resolve.js';

/** Settings for the client, what is odd about them, and every property with its source for those who need others. */
export type LoadedSettings = ConnectionSettings & {
  readonly warnings: readonly string[];
  readonly properties: ReadonlyMap<string, Sourced>;
};

/**
 * Puts the connection settings together: defaults < selected context < environment (`KAFKIT_` and a key in capitals, dots as
 * underscores) < what was typed ({@link connectionLayers}). Every file is read once.
 *
 * @throws CliError `config` with every problem at once, never with a secret
 */
export async function loadSettings(
  options: ConnectionOptions,
  env: Environment,
  now: () => number = () => Date.now(),
): Promise<LoadedSettings> {
  const readBytes = readEachOnce();
  const { layers, warnings: layerWarnings } = await connectionLayers(options, { env, readBytes });
  const resolved = resolveLayers(layers);
  const { settings, warnings } = await interpret(resolved, realSources(now, readBytes));
  return { ...settings, warnings: [...layerWarnings, ...warnings], properties: resolved.values };
}

/** A reader for one load: keys and certificates may stand in one pipe, which gives its content only once. */
function readEachOnce(): (path: string) => Uint8Array {
  const contents = new Map<string, Uint8Array>();
  return (path) => {
    const bytes = contents.get(path) ?? readWholeFile(path);
    contents.set(path, bytes);
    return bytes;
  };
}

function realSources(now: () => number, readBytes: (path: string) => Uint8Array): Sources {
  return {
    now,
    readText: (path) => Buffer.from(readBytes(path)).toString('utf8'),
    readBytes,
    openTruststore: async (bytes, passwords) => (await import('./open-store.js')).openTruststore(bytes, passwords),
    openKeystore: async (bytes, passwords) => (await import('./open-store.js')).openKeystore(bytes, passwords),
  };
}
