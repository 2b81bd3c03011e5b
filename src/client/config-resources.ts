import { ListConfigResources } from '../protocol/messages/list-config-resources.js';
import { CliError } from '../core/errors.js';
import { brokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';

const types = { 'client-metrics': 16, group: 32 } as const;

/**
 * The names of resources that exist by their configs alone (KIP-714, KIP-1142), in the order of the broker.
 *
 * @throws CliError `unsupported` for groups on brokers before 4.1, for client metrics before 3.7
 */
export async function listConfigResources(
  cluster: Cluster,
  type: keyof typeof types,
  limits: Limits = {},
): Promise<readonly string[]> {
  const answer = await ask(cluster, type, limits);
  if (answer.errorCode !== 0) throw brokerError(answer.errorCode, undefined, 'cannot list config resources');
  return answer.configResources.filter(({ resourceType }) => resourceType === types[type]).map(({ resourceName }) => resourceName);
}

async function ask(
  cluster: Cluster,
  type: keyof typeof types,
  limits: Limits,
): Promise<{ errorCode: number; configResources: readonly { resourceName: string; resourceType: number }[] }> {
  try {
    return await cluster.request(ListConfigResources, { resourceTypes: [types[type]] }, limits);
  } catch (error) {
    if (type !== 'client-metrics' || !(error instanceof CliError) || error.code !== 'unsupported') throw error;
    // Version 0 has no types: it lists client metrics.
    return cluster.request(ListConfigResources, {}, limits);
  }
}
