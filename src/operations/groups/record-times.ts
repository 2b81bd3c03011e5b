import type { Cluster } from '../../client/cluster.js';
import type { CommittedOffset } from '../../client/groups/committed-offsets.js';
import { partitionBounds, type Bounds } from '../../client/queries/partition-bounds.js';
import { firstTimestamps, lastTimestamps, type Span } from '../../client/queries/span-timestamps.js';
import { BrokerError } from '../../client/broker-error.js';
import type { OffsetEntry } from '../../core/offset-file/offset-file.js';
import type { Context } from '../context.js';
import type { Commits } from './read-commits.js';

/** By what time a commit can be found again in another log. */
export type RecordTime = Required<Pick<OffsetEntry, 'timestamp'>> & Pick<OffsetEntry, 'atEnd'>;

// Anything else below 0 is a time before 1970.
const noTimestamp = -1n;

interface Place extends Span {
  readonly groupId: string;
  readonly commit: CommittedOffset;
}

/**
 * Reads the time of the first record that each group has not read; of the last one before, where it has read all. A commit whose
 * next record is not there any more has an unknown time, of which the user is warned.
 *
 * @throws CliError where a log cannot be read
 */
export async function recordTimes(
  ctx: Context,
  cluster: Cluster,
  commits: Commits,
): Promise<ReadonlyMap<CommittedOffset, RecordTime>> {
  const bounds = await partitionBounds(cluster, [...commits.values()].flat(), 'read_uncommitted');
  const times = new Map<CommittedOffset, RecordTime>();
  const unread: Place[] = [];
  const unknown = new Map<string, string[]>();
  const giveUp = (groupId: string, commit: CommittedOffset, reason: string): void => {
    times.set(commit, { timestamp: 'unknown' });
    const key = `group '${groupId}': ${reason}, so no time is known for `;
    unknown.set(key, [...(unknown.get(key) ?? []), `${commit.topic}-${commit.partition}`]);
  };
  for (const [groupId, offsets] of commits) {
    for (const commit of offsets) {
      const known = boundsOf(commit, bounds);
      const reason = reasonOf(commit.offset, known);
      if (known === undefined || reason !== undefined) giveUp(groupId, commit, reason ?? 'the partition does not exist any more');
      else unread.push({ ...commit, groupId, commit, start: commit.offset, stop: known.end });
    }
  }
  const readAll: Place[] = [];
  const found = await unreadTimes(cluster, unread, ctx.signal);
  for (const place of unread) {
    const timestamp = found.get(place);
    if (timestamp === undefined) readAll.push({ ...place, start: boundsOf(place, bounds)?.start ?? place.stop });
    else if (timestamp === noTimestamp) giveUp(place.groupId, place.commit, 'the next record has no timestamp');
    else times.set(place.commit, { timestamp });
  }
  const lasts = await lastTimestamps(cluster, readAll, { signal: ctx.signal });
  for (const place of readAll) {
    const timestamp = lasts.get(place);
    if (timestamp !== undefined && timestamp !== noTimestamp) times.set(place.commit, { timestamp, atEnd: true });
    // What was never written to has nothing that could be passed over.
    else if (place.stop === 0n) times.set(place.commit, { timestamp: 'unknown', atEnd: true });
    else giveUp(place.groupId, place.commit, 'everything is read and no record with a timestamp is left');
  }
  for (const [reason, partitions] of unknown) {
    ctx.warn(`${reason}${partitions.join(', ')}; an import by time begins at the start of the log there`);
  }
  return times;
}

/** Aborted records are in no mirror, so they are passed over; where only an open transaction is left, its first record counts. */
async function unreadTimes(cluster: Cluster, places: readonly Place[], signal: AbortSignal): Promise<ReadonlyMap<Place, bigint>> {
  const decided = await firstTimestamps(cluster, places, { signal, isolation: 'read_committed' });
  const rest = places.filter((place) => !decided.has(place));
  return new Map([...decided, ...(await firstTimestamps(cluster, rest, { signal }))]);
}

/** Undefined for a partition that does not exist. @throws CliError where its bounds cannot be read otherwise */
function boundsOf(
  { topic, partition }: Pick<CommittedOffset, 'topic' | 'partition'>,
  bounds: ReadonlyMap<string, Bounds>,
): { readonly start: bigint; readonly end: bigint } | undefined {
  const known = bounds.get(`${topic} ${partition}`);
  if (known?.error === undefined) return known;
  if (known.error instanceof BrokerError && known.error.kafkaName === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
  throw known.error;
}

function reasonOf(offset: bigint, bounds: { readonly start: bigint; readonly end: bigint } | undefined): string | undefined {
  if (bounds === undefined) return undefined;
  if (offset < bounds.start) return 'records were deleted before they were read';
  return offset > bounds.end ? 'the offset lies beyond the end of the log' : undefined;
}
