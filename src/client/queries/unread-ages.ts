import type { Cluster } from '../cluster.js';
import { describeConfigs } from '../configs.js';
import { openFetcher } from '../fetcher/fetcher.js';

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
  const ages = new Map<Row, UnreadAge>();
  for (const round of withoutRepeats(rows)) {
    for (const [row, timestamp] of await firstTimestamps(cluster, round, signal)) {
      const ageMs = Math.max(0, now - Number(timestamp));
      const keptMs = retention.get(row.topic);
      ages.set(row, { timestamp, ageMs, headRoomMs: keptMs === undefined ? undefined : Math.max(0, keptMs - ageMs) });
    }
  }
  return ages;
}

/** A fetcher reads a partition once, so groups that share one are read in turn. */
function withoutRepeats<Row extends Unread>(rows: readonly Row[]): Row[][] {
  const seen = new Map<string, number>();
  const rounds: Row[][] = [];
  for (const row of rows) {
    const key = `${row.topic} ${row.partition}`;
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    (rounds[round] ??= []).push(row);
  }
  return rounds;
}

async function firstTimestamps<Row extends Unread>(
  cluster: Cluster,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<Map<Row, bigint>> {
  const waiting = new Map(rows.map((row) => [`${row.topic} ${row.partition}`, row]));
  const ranges = rows.flatMap(({ topic, partition, committed, start, end }) => {
    if (committed === undefined || end === undefined) return [];
    return [{ topic, partition, start: start !== undefined && start > committed ? start : committed, stop: end }];
  });
  const found = new Map<Row, bigint>();
  // The smallest limit: a broker then sends one batch a partition.
  const fetcher = openFetcher(cluster, {
    ranges,
    signal,
    partitionMaxBytes: 1,
    outOfRange: 'earliest',
    unavailableTimeoutMs: 5000,
  });
  try {
    for await (const chunk of fetcher) {
      const row = waiting.get(`${chunk.topic} ${chunk.partition}`);
      if (row === undefined) continue;
      chunk.forEachRecord((record) => {
        found.set(row, record.timestamp);
        return false;
      });
      if (!found.has(row)) continue;
      waiting.delete(`${chunk.topic} ${chunk.partition}`);
      fetcher.remove([chunk]);
    }
  } finally {
    await fetcher.close();
  }
  return found;
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
