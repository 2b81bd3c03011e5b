import type { Cluster } from '../client/cluster.js';
import type { ConnectionOptions } from '../config/connection-layers.js';
import { connectTool, type ToolContext } from './connect-tool.js';
import type { ToolRun } from './tool.js';

/** The context of a run with `--bootstrap-controller`: `bootstrapServer` of the options has the controllers' addresses. */
export function connectController(run: ToolRun, options: ConnectionOptions): ToolContext {
  const context = connectTool(run, options);
  let cluster: Promise<Cluster> | undefined;
  const connect = async (): Promise<Cluster> => {
    const [loaded, { openController }, { toolClient }] = await Promise.all([
      context.settings(),
      import('../client/open-controller.js'),
      import('./tool-client.js'),
    ]);
    const { settings, watch } = toolClient(run, loaded, 'admin');
    return openController(settings, { signal: run.interrupts.signal, patient: true, watch });
  };
  return {
    ...context,
    connect: () => (cluster ??= connect()),
    close: async () => {
      // One that could not be opened has reported that already.
      await cluster?.then(
        (open) => open.close(),
        () => undefined,
      );
    },
  };
}
