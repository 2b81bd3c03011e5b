import type { LagRow } from '../../core/lag/group-lag.js';
import type { AgedLagRow, DescribedLag } from '../../operations/lag/describe-lag.js';

/** A group's lag in JSON, without its partitions. */
export function lagSummary({ groupId, state, type, sum, error }: DescribedLag): Record<string, unknown> {
  return {
    group: groupId,
    state,
    type,
    lag: sum.lag,
    partitionCount: sum.partitions,
    withoutLag: sum.withoutLag,
    ...(error && { error: error.message }),
  };
}

/** One partition's lag in JSON; what is not known is null. */
export function lagPartition(row: LagRow & { readonly age?: AgedLagRow['age'] }): Record<string, unknown> {
  const { topic, partition, committed, start, end, lag, state, lost, member, problem, age } = row;
  return {
    topic,
    partition,
    committed: committed ?? null,
    start: start ?? null,
    end: end ?? null,
    lag: lag ?? null,
    state,
    ...(lost !== undefined && { lost }),
    member:
      member === undefined
        ? null
        : {
            memberId: member.memberId,
            ...(member.instanceId !== null && { instanceId: member.instanceId }),
            host: member.host,
            clientId: member.clientId,
          },
    ...(age && { oldestUnread: { timestamp: age.timestamp, ageMs: age.ageMs, headRoomMs: age.headRoomMs ?? null } }),
    ...(problem !== undefined && { problem }),
  };
}
