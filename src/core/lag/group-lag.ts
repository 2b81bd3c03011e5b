import { computeLag, sumLag, type Lag, type LagState, type LagSum } from './compute-lag.js';

/** What is known of one partition of a group before its lag is worked out. */
export interface LagPartition {
  readonly topic: string;
  readonly partition: number;
  readonly committed: bigint | undefined;
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  readonly member: LagMember | undefined;
  /** Why the commit or the bounds are missing. */
  readonly problem: string | undefined;
}

/** The member that holds a partition. */
export interface LagMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly host: string;
  readonly clientId: string;
}

/** One partition with its lag. */
export interface LagRow extends LagPartition {
  readonly state: LagState;
  readonly lag: bigint | undefined;
  /** Records that were deleted before the group read them. */
  readonly lost: bigint | undefined;
}

export interface TopicLag extends LagSum {
  readonly topic: string;
}

/** Lag of a group: per partition, per topic, and in all. */
export interface GroupLag {
  readonly rows: readonly LagRow[];
  readonly topics: readonly TopicLag[];
  readonly sum: LagSum;
}

/** Works out the lag of every partition, and sums per topic and for the group. Rows keep their order. */
export function computeGroupLag(partitions: readonly LagPartition[]): GroupLag {
  const lags = partitions.map((partition) => ({ partition, lag: computeLag(partition) }));
  const byTopic = new Map<string, Lag[]>();
  for (const { partition, lag } of lags) byTopic.set(partition.topic, [...(byTopic.get(partition.topic) ?? []), lag]);
  return {
    rows: lags.map(({ partition, lag }) => ({ ...partition, ...lag })),
    topics: [...byTopic].map(([topic, all]) => ({ topic, ...sumLag(all) })),
    sum: sumLag(lags.map(({ lag }) => lag)),
  };
}
