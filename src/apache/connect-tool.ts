import type { Cluster } from '../client/cluster.js';
import type { ConnectionOptions } from '../config/connection-layers.js';
import type { LoadedSettings } from '../config/load.js';
import type { Context } from '../operations/context.js';
import type { ClientKind } from './java/tool-settings.js';
import type { ToolRun } from './tool.js';

/** What a tool's operations run in; close it when the tool ends. */
export interface ToolContext extends Context {
  /**
   * The settings in force, with every property of the files for what the client itself does not read. Await it where Kafka's tool
   * builds its client.
   *
   * @throws JavaError as building that client fails
   */
  settings(): Promise<LoadedSettings>;
  close(): Promise<void>;
}

/**
 * The context of one run: its settings are read and its cluster opened on first use. `kind` is the client that Kafka's tool
 * would build, for what it says of settings. What operations warn of is left out, as Kafka's tools say nothing of it.
 */
export function connectTool(run: ToolRun, options: ConnectionOptions, kind: ClientKind = 'admin'): ToolContext {
  let loaded: Promise<LoadedSettings> | undefined;
  let cluster: Promise<Cluster> | undefined;
  const { signal } = run.interrupts;
  const settings = (): Promise<LoadedSettings> =>
    (loaded ??= import('./java/tool-settings.js').then(({ loadToolSettings }) => loadToolSettings(options, kind)));
  const connect = async (): Promise<Cluster> => {
    const [known, { openCluster }, { toolClient }] = await Promise.all([
      settings(),
      import('../client/connect.js'),
      import('./tool-client.js'),
    ]);
    const client = toolClient(run, known, kind);
    return openCluster(client.settings, { signal, patient: true, watch: client.watch });
  };
  return {
    settings,
    connect: () => (cluster ??= connect()),
    signal,
    now: () => Date.now(),
    notice: () => undefined,
    warn: () => undefined,
    progress: () => undefined,
    close: async () => {
      // A cluster that could not be opened has reported that already.
      await cluster?.then(
        (open) => open.close(),
        () => undefined,
      );
    },
  };
}
