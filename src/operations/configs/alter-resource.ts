import { alterConfigs, type ConfigChange, type ConfigResource } from '../../client/configs.js';
import type { Context } from '../context.js';

/** Which configs of one resource to change, and how long the broker may take, in milliseconds. */
export interface AlterResourceInput extends ConfigResource {
  readonly changes: readonly ConfigChange[];
  readonly timeoutMs?: number | undefined;
}

/**
 * Changes single configs of one resource, all of them or none, and leaves its others alone.
 *
 * @throws BrokerError with the broker's reason; CliError `unsupported` on brokers before 2.3
 */
export async function alterResource(context: Context, { type, name, changes, timeoutMs }: AlterResourceInput): Promise<void> {
  const cluster = await context.connect();
  const [result] = await alterConfigs(cluster, [{ type, name, changes }], { timeoutMs });
  if (result?.error !== undefined) throw result.error;
}
