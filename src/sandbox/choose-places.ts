import { join } from 'node:path';
import { CliError } from '../core/errors.js';
import type { BrokerPlace } from './broker-settings.js';
import { findFreePorts, isPortFree } from './ports.js';

export interface PlaceOptions {
  readonly dir: string;
  readonly count: number;
  /** Port of the first broker, the others follow it; unset: free ones. */
  readonly port?: number | undefined;
  /** The port of each broker, where they are to be the ones of an earlier run. */
  readonly ports?: readonly number[] | undefined;
  readonly secure?: boolean | undefined;
}

/**
 * Ports and folders for the brokers of a cluster.
 *
 * @throws CliError `usage` for a chosen port that is taken, `io` when there are no free ones
 */
export async function choosePlaces({ dir, count, port, ports, secure }: PlaceOptions): Promise<BrokerPlace[]> {
  const chosen = ports ?? (port === undefined ? [] : Array.from({ length: count }, (_, index) => port + index));
  for (const taken of chosen) {
    if (await isPortFree(taken)) continue;
    throw new CliError('usage', `port ${taken} is taken`, { hint: 'choose another with --port, or leave it out for free ports' });
  }
  const free = await findFreePorts(count * 5);
  const next = (): number => free.pop() as number; // never more than five for each broker
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    port: chosen[index] ?? next(),
    controllerPort: next(),
    dir: join(dir, `broker-${index + 1}`),
    ...(secure === true ? { securePorts: { internal: next(), saslPlaintext: next(), mutualTls: next() } } : {}),
  }));
}
