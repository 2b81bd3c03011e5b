import { computeLag, type LagState } from './compute-lag.js';
import { sumLag, type LagSum } from './sum-lag.js';

/** What is known of one partition of a group before its lag is worked out. */
export interface LagPartition {
  readonly topic: string;
  readonly partition: number;
  readonly committed: bigint | undefined;
  /** Whether `committed` is absent because it could not be read. */
  readonly isCommitUnread?: boolean;
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
  readonly highWatermark?: bigint | undefined;
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
  /** Records that were deleted before the group read them; known wherever the lag is. */
  readonly lost: bigint | undefined;
}

export interface TopicLag extends LagSum {
  readonly topic: string;
}

/** Lag of a group: per partition, per topic, and in all. */
export interface GroupLag {
  readonly rows: readonly LagRow[];
  /** Undefined, as `sum`, where partitions of the group may be missing: what is left is no total. */
  readonly topics: readonly TopicLag[] | undefined;
  readonly sum: LagSum | undefined;
}

/**
 * Works out the lag of every partition, and sums per topic and for the group. Rows keep their order.
 *
 * @param isComplete whether the partitions are all that the group has
 */
export function computeGroupLag(partitions: readonly LagPartition[], isComplete: boolean): GroupLag {
  const rows = partitions.map((partition) => ({ ...partition, ...computeLag(partition) }));
  const byTopic = new Map<string, LagRow[]>();
  for (const row of rows) {
    const ofTopic = byTopic.get(row.topic);
    if (ofTopic === undefined) byTopic.set(row.topic, [row]);
    else ofTopic.push(row);
  }
  return {
    rows,
    topics: isComplete ? [...byTopic].map(([topic, all]) => ({ topic, ...sumLag(all) })) : undefined,
    sum: isComplete ? sumLag(rows) : undefined,
  };
}
