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

/** A group's lag in JSON, without its partitions. */
export function lagSummary({ groupId, state, type, sum, error }: DescribedLag): Record<string, unknown> {
  return {
    group: groupId,
    state: state === '' ? null : state,
    type: type ?? null,
    ...lagTotals(sum),
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
