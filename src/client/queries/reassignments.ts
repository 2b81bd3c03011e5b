import { CliError } from '../../core/errors.js';
import { ListPartitionReassignments } from '../../protocol/messages/list-partition-reassignments.js';
import { brokerError } from '../broker-error.js';
import type { Cluster, Limits } from '../cluster.js';

/** One partition on its way to other brokers. */
export interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** All replicas for the time being, those to add and to remove included. */
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

/** The partitions that are moving right now (KIP-455). @throws CliError the broker's error, `authorization` among them */
export async function listReassignments(cluster: Cluster, limits: Limits = {}): Promise<readonly Reassignment[]> {
  const { errorCode, errorMessage, topics } = await cluster.request(ListPartitionReassignments, {}, limits);
  if (errorCode !== 0) throw brokerError(errorCode, errorMessage, 'cannot list reassignments');
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
      topic: name,
      partition: partitionIndex,
      replicas,
      adding: addingReplicas,
      removing: removingReplicas,
    })),
  );
}

/** The same where it is only a detail: undefined for somebody who must not see them, or from a broker too old to tell. */
export async function listReassignmentsIfAllowed(
  cluster: Cluster,
  limits: Limits = {},
): Promise<readonly Reassignment[] | undefined> {
  try {
    return await listReassignments(cluster, limits);
  } catch (error) {
    if (error instanceof CliError && (error.code === 'authorization' || error.code === 'unsupported')) return undefined;
    throw error;
  }
}
