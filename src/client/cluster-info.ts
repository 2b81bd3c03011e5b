import { CliError } from '../core/errors.js';
import { DescribeCluster } from '../protocol/messages/describe-cluster.js';
import { Metadata } from '../protocol/messages/metadata.js';
import { brokerError } from './broker-error.js';
import type { Broker, Cluster, Limits } from './cluster.js';

/** One broker of a cluster; a fenced one is registered but takes no part (KIP-1073). */
export interface ClusterBroker extends Broker {
  readonly fenced: boolean;
}

/** Who a cluster is. */
export interface ClusterInfo {
  readonly id: string | undefined;
  /** Node id of the controller as brokers tell it: in KRaft, some live broker that passes requests on. */
  readonly controller: number | undefined;
  /** Sorted by id; fenced ones only where the cluster tells. */
  readonly brokers: readonly ClusterBroker[];
}

/** Reads cluster id, controller and brokers; by Metadata where the broker is too old for DescribeCluster (before 2.8). */
export async function describeCluster(
  cluster: Cluster,
  { includeFenced = false, ...limits }: Limits & { readonly includeFenced?: boolean } = {},
): Promise<ClusterInfo> {
  try {
    return await byDescribeCluster(cluster, includeFenced, limits);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'unsupported' || includeFenced) throw error;
    return byMetadata(cluster, limits);
  }
}

async function byDescribeCluster(cluster: Cluster, includeFencedBrokers: boolean, limits: Limits): Promise<ClusterInfo> {
  const body = { includeClusterAuthorizedOperations: false, includeFencedBrokers };
  const { errorCode, errorMessage, clusterId, controllerId, brokers } = await cluster.request(DescribeCluster, body, limits);
  if (errorCode !== 0) throw brokerError(errorCode, errorMessage, 'cannot describe the cluster');
  const all = brokers.map(({ brokerId, host, port, rack, isFenced }) => ({ id: brokerId, host, port, rack, fenced: isFenced }));
  return { id: clusterId, controller: controllerId < 0 ? undefined : controllerId, brokers: all.sort(byId) };
}

async function byMetadata(cluster: Cluster, limits: Limits): Promise<ClusterInfo> {
  const body = { topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
  const { clusterId, controllerId, brokers } = await cluster.request(Metadata, body, limits);
  const all = brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack, fenced: false }));
  return { id: clusterId ?? undefined, controller: controllerId < 0 ? undefined : controllerId, brokers: all.sort(byId) };
}

function byId(left: Broker, right: Broker): number {
  return left.id - right.id;
}
