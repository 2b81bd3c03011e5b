import { compareText } from '../../core/compare-text.js';
import type { CliError } from '../../core/errors.js';
import type { LagPartition } from '../../core/lag/group-lag.js';
import { errorCode } from '../../protocol/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { brokerError } from '../broker-error.js';
import type { Cluster } from '../cluster.js';
import { committedOffsets, type CommittedOffset, type GroupOffsets } from '../groups/committed-offsets.js';
import { describeGroups, type GroupDescription, type GroupMember } from '../groups/describe-groups.js';
import { partitionBounds, type Bounds } from './partition-bounds.js';

/** One partition that a group committed for, or that one of its members holds. */
export interface SnapshotPartition extends TopicPartition {
  readonly committed: CommittedOffset | undefined;
  readonly member: GroupMember | undefined;
  readonly bounds: Bounds;
  /** Why the commit could not be read; `bounds` has its own. */
  readonly error: CliError | undefined;
}

/** A group with its members, its commits, and where the logs behind them begin and end. */
export interface GroupSnapshot {
  readonly groupId: string;
  readonly description: GroupDescription;
  /** Sorted by topic and number. */
  readonly partitions: readonly SnapshotPartition[];
  /** Whether `partitions` are all that the group has: what its members hold may not be told. */
  readonly isComplete: boolean;
  /** Why members, what they hold, or commits are missing. */
  readonly error: CliError | undefined;
}

// Long enough for a coordinator to move; a report of many groups must not wait a minute for one that is gone.
const timeoutMs = 20_000;

export interface SnapshotOptions {
  /** Whether a log ends at its high watermark, or at its last stable offset. Default: at the high watermark. */
  readonly isolation?: 'read_committed' | 'read_uncommitted';
}

/**
 * Reads many groups at once: members and commits of their coordinators, then the logs' bounds of their leaders, each broker
 * asked once. Commits are read before ends, so that a live group never seems ahead of the log.
 */
export async function snapshotGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { isolation = 'read_uncommitted' }: SnapshotOptions = {},
): Promise<readonly GroupSnapshot[]> {
  const named = groupIds.map((groupId) => ({ groupId }));
  const [descriptions, commits] = await Promise.all([
    describeGroups(cluster, groupIds, { timeoutMs }),
    // A pending transactional commit must not hold up a report; it counts once it is decided.
    committedOffsets(cluster, named, { timeoutMs, requireStable: false }),
  ]);
  const groups = descriptions.map((description, index) => gather(description, commits[index]));
  const bounds = await partitionBounds(
    cluster,
    groups.flatMap(({ partitions }) => partitions),
    isolation,
  );
  return groups.map(({ partitions, ...group }) => ({
    ...group,
    partitions: partitions.map((partition) => ({
      ...partition,
      bounds: bounds.get(keyOf(partition)) ?? { error: lost(partition) },
    })),
  }));
}

type Gathered = Omit<GroupSnapshot, 'partitions'> & { readonly partitions: readonly Omit<SnapshotPartition, 'bounds'>[] };

/** The partitions of a snapshot as lag is worked out from them. */
export function lagPartitions({ partitions }: GroupSnapshot): LagPartition[] {
  return partitions.map(({ topic, partition, committed, member, bounds, error }) => ({
    topic,
    partition,
    committed: committed?.offset,
    // Commits of topics that must not be seen are left out of the answer, as if there were none.
    isCommitUnread: error !== undefined || (committed === undefined && bounds.error?.code === 'authorization'),
    start: bounds.start,
    end: bounds.end,
    highWatermark: bounds.highWatermark,
    member,
    problem: (error ?? bounds.error)?.message,
  }));
}

/** Joins what a group committed with what its members hold. */
function gather(description: GroupDescription, commits: GroupOffsets | undefined): Gathered {
  const partitions = new Map<string, Omit<SnapshotPartition, 'bounds'>>();
  for (const committed of commits?.offsets ?? []) {
    const { topic, partition } = committed;
    partitions.set(keyOf(committed), { topic, partition, committed, member: undefined, error: undefined });
  }
  for (const { topic, partition, error } of commits?.failures ?? []) {
    partitions.set(keyOf({ topic, partition }), { topic, partition, committed: undefined, member: undefined, error });
  }
  for (const member of description.members) {
    for (const { topic, partition } of member.assignment ?? []) {
      const key = keyOf({ topic, partition });
      const { committed, error = commits?.error } = partitions.get(key) ?? {};
      partitions.set(key, { topic, partition, committed, error, member });
    }
  }
  const sorted = [...partitions.values()].sort(
    (left, right) => compareText(left.topic, right.topic) || left.partition - right.partition,
  );
  const { groupId, members } = description;
  const unread = members.find(({ assignmentError }) => assignmentError !== undefined)?.assignmentError;
  const error = description.error ?? commits?.error ?? unread;
  // In a rebalance nobody says what members hold; what the group committed before is then the best that is known.
  const isTold = sorted.length > 0 || members.every(({ assignment }) => assignment !== undefined);
  return { groupId, description, partitions: sorted, isComplete: error === undefined && isTold, error };
}

function lost({ topic, partition }: TopicPartition): CliError {
  return brokerError(errorCode.UNKNOWN_SERVER_ERROR, 'no answer', `cannot read the bounds of ${topic}-${partition}`);
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
