/** One partition as the cluster's metadata names it. */
export interface PartitionMetadata {
  readonly partition: number;
  readonly errorCode: number;
  /** Node id; undefined while the partition has no leader. */
  readonly leader: number | undefined;
  /** Undefined where the broker is too old to say (KIP-320). */
  readonly leaderEpoch: number | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offline: readonly number[];
}

/** One topic as the cluster's metadata names it; partitions are sorted. */
export interface TopicMetadata {
  readonly name: string;
  /** 22 characters; undefined where the broker is too old to have topic ids (KIP-516). */
  readonly id: string | undefined;
  readonly errorCode: number;
  readonly internal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}
