import { CliError } from '../../core/errors.js';
import { leaderWait, type Wait } from '../waits.js';
import type { PartitionTrack } from './partition-track.js';

/** Which partitions nobody serves, where it is no broker that does not answer. */
export function trackWaits(tracks: Iterable<PartitionTrack>, now: number): Wait[] {
  const stuck = [...tracks].filter(
    ({ isClosed, trouble }) => !isClosed && trouble instanceof CliError && trouble.code === 'broker',
  );
  const [first] = stuck;
  if (first === undefined) return [];
  const since = Math.min(...stuck.map(({ troubleSince }) => troubleSince ?? now));
  const isServed = ({ isClosed, trouble }: PartitionTrack): boolean => !isClosed && trouble === undefined;
  return [leaderWait(stuck, { forMs: now - since, why: first.trouble?.message ?? '', isServed })];
}
