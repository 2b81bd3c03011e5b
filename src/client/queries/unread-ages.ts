import type { Cluster } from '../cluster.js';
import { describeConfigs } from '../configs.js';
import { firstTimestamps } from './span-timestamps.js';

/** How old the oldest unread record of a partition is. */
export interface UnreadAge {
  /** The record's timestamp, milliseconds since the epoch. */
  readonly timestamp: bigint;
  readonly ageMs: number;
  /** Milliseconds until the topic's retention may delete it, never below 0; `undefined` where time deletes nothing. */
  readonly headRoomMs: number | undefined;
}

/** A partition with unread records: from `committed` up to `end`. */
export interface Unread {
  readonly topic: string;
  readonly partition: number;
  readonly committed: bigint | undefined;
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
}

/**
 * Reads one record of each partition, the first that its group has not read, and tells its age against `now` (milliseconds since
 * the epoch). A partition whose unread part holds no record any more (compacted away) is left out.
 */
export async function unreadAges<Row extends Unread>(
  cluster: Cluster,
  rows: readonly Row[],
  now: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<Row, UnreadAge>> {
  const retention = await retentions(cluster, [...new Set(rows.map(({ topic }) => topic))]);
  const spans = rows.flatMap((row) => {
    const { topic, partition, committed, start = 0n, end } = row;
    if (committed === undefined || end === undefined) return [];
    return [{ topic, partition, start: start > committed ? start : committed, stop: end, row }];
  });
  const ages = new Map<Row, UnreadAge>();
  for (const [{ row }, timestamp] of await firstTimestamps(cluster, spans, { signal })) {
    const ageMs = Math.max(0, now - Number(timestamp));
    const keptMs = retention.get(row.topic);
    ages.set(row, { timestamp, ageMs, headRoomMs: keptMs === undefined ? undefined : Math.max(0, keptMs - ageMs) });
  }
  return ages;
}

/** Milliseconds that a topic's records are kept for; topics that keep them for ever, or whose policy lacks `delete`, are left out. */
async function retentions(cluster: Cluster, topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const resources = topics.map((name) => ({ type: 'topic' as const, name }));
  const configs = await describeConfigs(cluster, resources, { names: ['retention.ms', 'cleanup.policy'] });
  const kept = new Map<string, number>();
  for (const { name, entries } of configs) {
    const value = (key: string): string => entries.find((entry) => entry.name === key)?.value ?? '';
    const retention = Number(value('retention.ms'));
    if (value('retention.ms') !== '' && retention >= 0 && value('cleanup.policy').split(',').includes('delete'))
      kept.set(name, retention);
  }
  return kept;
}
