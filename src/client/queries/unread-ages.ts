import { CliError } from '../../core/errors.js';
import type { Cluster } from '../cluster.js';
import { describeConfigs } from '../configs.js';
import { firstTimestamps, type Span } from './span-timestamps.js';

/** How old the oldest unread record of a partition is; what is not known is undefined, and `reason` says why. */
export interface UnreadAge {
  /** The record's timestamp, milliseconds since the epoch. */
  readonly timestamp: bigint | undefined;
  readonly ageMs: number | undefined;
  /** Milliseconds until the topic's retention may delete it, never below 0; undefined also where time deletes nothing. */
  readonly headRoomMs: number | undefined;
  readonly reason: string | undefined;
  /** Whether something could not be read, and is not just not there. */
  readonly isFailure: boolean;
}

/** A partition with unread records: from `committed` up to `end`. */
export interface Unread {
  readonly topic: string;
  readonly partition: number;
  readonly committed: bigint | undefined;
  readonly start: bigint | undefined;
  readonly end: bigint | undefined;
}

/** Reads one record of each partition, the first that its group can still read, and tells its age against `now` (milliseconds since the epoch). */
export async function unreadAges<Row extends Unread>(
  cluster: Cluster,
  rows: readonly Row[],
  now: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<Row, UnreadAge>> {
  const kept = await retentions(cluster, [...new Set(rows.map(({ topic }) => topic))]);
  const spans = rows.flatMap((row) => {
    const { topic, partition, committed, start = 0n, end } = row;
    if (committed === undefined || end === undefined) return [];
    return [{ topic, partition, start: start > committed ? start : committed, stop: end, row }];
  });
  const found = await readTimestamps(cluster, spans, signal);
  return new Map(spans.map((span) => [span.row, ageOf(found.get(span), kept.get(span.topic), now)]));
}

function ageOf(found: bigint | CliError | undefined, retention: Retention | undefined, now: number): UnreadAge {
  const none = { timestamp: undefined, ageMs: undefined, headRoomMs: undefined };
  if (found instanceof CliError) return { ...none, reason: found.message, isFailure: true };
  if (found === undefined) return { ...none, reason: 'no unread record is left, only their offsets', isFailure: false };
  // Formats before 0.10 had no timestamps: -1 stands for none.
  if (found === -1n) return { ...none, reason: 'the oldest unread record has no timestamp', isFailure: false };
  const ageMs = Math.max(0, now - Number(found));
  if (retention instanceof CliError) {
    return { timestamp: found, ageMs, headRoomMs: undefined, reason: retention.message, isFailure: true };
  }
  const headRoomMs = retention === undefined ? undefined : Math.max(0, retention - ageMs);
  return { timestamp: found, ageMs, headRoomMs, reason: undefined, isFailure: false };
}

/** What could not be read has its error; one topic that must not be read costs the others nothing. */
async function readTimestamps<S extends Span>(
  cluster: Cluster,
  spans: readonly S[],
  signal: AbortSignal,
): Promise<ReadonlyMap<S, bigint | CliError>> {
  try {
    return await firstTimestamps(cluster, spans, { signal });
  } catch (error) {
    if (!(error instanceof CliError) || error.code === 'aborted') throw error;
    const [first, ...rest] = new Set(spans.map(({ topic }) => topic));
    if (first === undefined || rest.length === 0) return new Map(spans.map((span) => [span, error]));
  }
  const found = new Map<S, bigint | CliError>();
  for (const topic of new Set(spans.map((span) => span.topic))) {
    const ofTopic = spans.filter((span) => span.topic === topic);
    for (const [span, answer] of await readTimestamps(cluster, ofTopic, signal)) found.set(span, answer);
  }
  return found;
}

/** Milliseconds that a topic's records are kept for, or why that could not be read. */
type Retention = number | CliError;

/** Topics that keep their records for ever, or whose policy lacks `delete`, are left out. */
async function retentions(cluster: Cluster, topics: readonly string[]): Promise<ReadonlyMap<string, Retention>> {
  const resources = topics.map((name) => ({ type: 'topic' as const, name }));
  const configs = await describeConfigs(cluster, resources, { names: ['retention.ms', 'cleanup.policy'] });
  const kept = new Map<string, Retention>();
  for (const { name, entries, error } of configs) {
    const value = (key: string): string => entries.find((entry) => entry.name === key)?.value ?? '';
    const retention = Number(value('retention.ms'));
    if (error !== undefined) kept.set(name, error);
    else if (value('retention.ms') !== '' && retention >= 0 && value('cleanup.policy').split(',').includes('delete'))
      kept.set(name, retention);
  }
  return kept;
}
