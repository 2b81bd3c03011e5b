/** What partition health is judged by: the partition as the cluster's metadata gives it. */
export interface PartitionReplicas {
  readonly partition: number;
  /** Node id; undefined while the partition has no leader. */
  readonly leader: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Replicas that a running reassignment adds; they are expected to be behind. */
  readonly addingReplicas?: readonly number[] | undefined;
}

/** What may be wrong with a partition; Kafka's own tools ask the same four questions. */
export const partitionFilters = ['underReplicated', 'unavailable', 'underMinIsr', 'atMinIsr'] as const;
export type PartitionFilter = (typeof partitionFilters)[number];

/** What a filter needs to know beside the partition. */
export interface HealthContext {
  /** Ids of the brokers that are up. */
  readonly liveBrokers: ReadonlySet<number>;
  /** The topic's `min.insync.replicas`; undefined where it could not be read. */
  readonly minIsr: number | undefined;
}

/** The number of replicas a partition is meant to have: those a running reassignment still adds do not count. */
export function replicationFactor({ replicas, addingReplicas }: PartitionReplicas): number {
  return replicas.length - (addingReplicas?.length ?? 0);
}

/** Whether a partition is what a filter looks for. Without a leader it is also under its minimum. */
export function matchesFilter(
  partition: PartitionReplicas,
  filter: PartitionFilter,
  { liveBrokers, minIsr }: HealthContext,
): boolean {
  const inSync = partition.isr.length;
  switch (filter) {
    case 'underReplicated':
      return inSync < replicationFactor(partition);
    case 'unavailable':
      return partition.leader === undefined || !liveBrokers.has(partition.leader);
    case 'underMinIsr':
      return partition.leader === undefined || (minIsr !== undefined && inSync < minIsr);
    case 'atMinIsr':
      return inSync === minIsr;
  }
}
