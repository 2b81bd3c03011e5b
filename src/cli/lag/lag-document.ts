import { describeLagState } from '../../core/lag/describe-lag-state.js';
import type { GroupLag, LagRow } from '../../core/lag/group-lag.js';
import type { LagSum } from '../../core/lag/sum-lag.js';
import type { AgedLagRow, DescribedLag } from '../../operations/lag/describe-lag.js';

/** A sum in JSON; what is not known is null. */
export function lagTotals(sum: LagSum | undefined): Record<string, unknown> {
  return {
    lag: sum?.lag ?? null,
    lost: sum?.lost ?? null,
    partitionCount: sum?.partitions ?? null,
    withoutLag: sum?.withoutLag ?? null,
  };
}

/** Why a group has no lag, where nothing failed; undefined where it has one. */
export function lagReason({ sum, error }: Pick<DescribedLag, 'sum' | 'error'>): string | undefined {
  if (error !== undefined || sum?.lag !== undefined) return undefined;
  if (sum === undefined) return 'the group is rebalancing, and has no commits';
  return sum.partitions === 0 ? 'no committed offsets and no partitions that may be seen' : 'no partition has a lag';
}

/** A group's lag in JSON, without its partitions. */
export function lagSummary(group: DescribedLag): Record<string, unknown> {
  const { groupId, state, type, sum, error } = group;
  const reason = lagReason(group);
  return {
    group: groupId,
    state: state === '' ? null : state,
    type: type ?? null,
    ...lagTotals(sum),
    ...(reason !== undefined && { reason }),
    ...(error && { error: error.message }),
  };
}

/** Partitions in JSON; null where none is known and there may be some. */
export function lagPartitions({ rows, sum }: Pick<GroupLag, 'rows' | 'sum'>): Record<string, unknown>[] | null {
  return rows.length === 0 && sum === undefined ? null : rows.map(lagPartition);
}

/** One partition's lag in JSON; what is not known is null. */
export function lagPartition(row: LagRow & Partial<Pick<AgedLagRow, 'age'>>): Record<string, unknown> {
  const { topic, partition, committed, start, end, lag, state, lost, member, problem, age } = row;
  return {
    topic,
    partition,
    committed: committed ?? null,
    start: start ?? null,
    end: end ?? null,
    lag: lag ?? null,
    lost: lost ?? null,
    state,
    member:
      member === undefined
        ? null
        : {
            memberId: member.memberId,
            ...(member.instanceId !== null && { instanceId: member.instanceId }),
            host: member.host,
            clientId: member.clientId,
          },
    ...(age && { oldestUnread: ageDocument(age) }),
    ...(lag === undefined && { reason: describeLagState(row) ?? null }),
    ...(problem !== undefined && { problem }),
  };
}

function ageDocument({ timestamp, ageMs, headRoomMs, reason }: NonNullable<AgedLagRow['age']>): Record<string, unknown> {
  return {
    timestamp: timestamp ?? null,
    ageMs: ageMs ?? null,
    headRoomMs: headRoomMs ?? null,
    ...(reason !== undefined && { reason }),
  };
}
