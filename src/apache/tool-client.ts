import type { ConnectionWatch } from '../client/connection-watch.js';
import type { LoadedSettings } from '../config/load.js';
import { defaultClientId, logPrefix } from './java/client-name.js';
import { ConnectionLog } from './java/connection-log.js';
import type { ClientKind } from './java/tool-settings.js';
import type { ToolRun } from './tool.js';

/** How a tool's client calls itself to brokers, and logs on stderr that it cannot reach them: as Kafka's client of that kind. */
export function toolClient<Settings extends LoadedSettings>(
  run: ToolRun,
  loaded: Settings,
  kind: ClientKind,
): { readonly settings: Settings; readonly watch: ConnectionWatch } {
  const values = new Map([...loaded.properties].map(([key, { value }]) => [key, value]));
  const given = values.get('client.id') ?? '';
  const clientId = given === '' ? defaultClientId(kind, values) : given;
  const prefix = logPrefix(kind, clientId, values);
  const watch = new ConnectionLog({ kind, prefix, write: (text) => run.err(text), now: () => new Date() });
  return { settings: { ...loaded, clientId }, watch };
}
