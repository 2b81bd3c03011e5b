import { leaderWait, type Wait } from '../waits.js';
import type { PartitionStream } from './partition-stream.js';

/** What the records of these partitions wait for, where it is no broker that does not answer. */
export function streamWaits(streams: Iterable<PartitionStream>, now: number): Wait[] {
  const stuck = [...streams].filter(({ hasWork, leader, refusedWith }) => {
    return hasWork && (leader === undefined || refusedWith !== undefined);
  });
  const [first] = stuck;
  if (first === undefined) return [];
  const since = Math.min(...stuck.map(({ queue, open }) => (queue.first ?? open)?.createdAt ?? now));
  const why = first.leader === undefined ? noLeader(stuck.length) : (first.refusedWith ?? '');
  const isServed = ({ leader, refusedWith }: PartitionStream): boolean => leader !== undefined && refusedWith === undefined;
  return [leaderWait(stuck, { forMs: now - since, why, isServed })];
}

function noLeader(count: number): string {
  return count === 1 ? 'it has no leader' : 'they have no leader';
}
