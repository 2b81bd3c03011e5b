import type { TopicPartition } from '../../protocol/message.js';
import type { Cluster } from '../cluster.js';
import type { FetchedChunk } from '../fetcher/fetched-chunk.js';
import { openFetcher } from '../fetcher/fetcher.js';
import type { IsolationLevel } from '../fetcher/fetcher-options.js';

/** Offsets of a partition: from `start` up to but not including `stop`. */
export interface Span extends TopicPartition {
  readonly start: bigint;
  readonly stop: bigint;
}

export interface SpanReading {
  readonly signal: AbortSignal;
  /** Default: read_uncommitted. With read_committed a span ends where an open transaction starts. */
  readonly isolation?: IsolationLevel;
}

const unavailableTimeoutMs = 5000;
// The smallest limit: a broker then sends one batch a partition.
const oneBatch = 1;
const manyBatches = 64 * 1024;
const widening = 16n;
// What Kafka writes for a record without a time.
const noTimestamp = -1n;

/**
 * The timestamp of the first record of each span, milliseconds since the epoch; spans without a record (compacted away, ends of
 * transactions only) are left out. Spans may share a partition.
 *
 * @throws CliError where a partition cannot be read
 */
export async function firstTimestamps<S extends Span>(
  cluster: Cluster,
  spans: readonly S[],
  reading: SpanReading,
): Promise<ReadonlyMap<S, bigint>> {
  const found = new Map<S, bigint>();
  for (const round of withoutRepeats(spans)) {
    await scan(cluster, round, { ...reading, partitionMaxBytes: oneBatch }, (span, chunk) => {
      chunk.forEachRecord((record) => {
        found.set(span, record.timestamp);
        return false;
      });
      return found.has(span);
    });
  }
  return found;
}

/**
 * The first record of each span that has a time, `since` or later; spans without one are left out.
 *
 * @throws CliError where a partition cannot be read
 */
export async function firstSince<S extends Span & { readonly since: bigint }>(
  cluster: Cluster,
  spans: readonly S[],
  reading: SpanReading,
): Promise<ReadonlyMap<S, { readonly offset: bigint; readonly timestamp: bigint }>> {
  const found = new Map<S, { readonly offset: bigint; readonly timestamp: bigint }>();
  for (const round of withoutRepeats(spans)) {
    await scan(cluster, round, { ...reading, partitionMaxBytes: manyBatches }, (span, chunk) => {
      chunk.forEachRecord(({ offset, timestamp }) => {
        const isWanted = timestamp >= span.since && timestamp !== noTimestamp;
        if (isWanted) found.set(span, { offset, timestamp });
        return !isWanted;
      });
      return found.has(span);
    });
  }
  return found;
}

/**
 * The timestamp of the last record of each span, milliseconds since the epoch; spans without a record are left out. The end is
 * read first, and more only where nothing stands there, so that a long span costs no more than a short one.
 *
 * @throws CliError where a partition cannot be read
 */
export async function lastTimestamps<S extends Span>(
  cluster: Cluster,
  spans: readonly S[],
  reading: SpanReading,
): Promise<ReadonlyMap<S, bigint>> {
  const found = new Map<S, bigint>();
  let pending = spans.filter(({ start, stop }) => start < stop);
  for (let reach = 1n; pending.length > 0; reach *= widening) {
    const tails = pending.map((span) => ({
      ...span,
      span,
      start: reach > span.stop - span.start ? span.start : span.stop - reach,
    }));
    for (const round of withoutRepeats(tails)) {
      await scan(cluster, round, { ...reading, partitionMaxBytes: manyBatches }, ({ span }, chunk) => {
        chunk.forEachRecord((record) => void found.set(span, record.timestamp));
        return false;
      });
    }
    pending = tails.flatMap(({ span, start }) => (found.has(span) || start === span.start ? [] : [span]));
  }
  return found;
}

/** A fetcher reads a partition once, so spans that share one are read in turn. */
function withoutRepeats<S extends Span>(spans: readonly S[]): S[][] {
  const seen = new Map<string, number>();
  const rounds: S[][] = [];
  for (const span of spans) {
    if (span.start >= span.stop) continue;
    const round = seen.get(keyOf(span)) ?? 0;
    seen.set(keyOf(span), round + 1);
    (rounds[round] ??= []).push(span);
  }
  return rounds;
}

/** Reads spans of different partitions; `take` says whether it has what it wants of one. */
async function scan<S extends Span>(
  cluster: Cluster,
  spans: readonly S[],
  { signal, isolation, partitionMaxBytes }: SpanReading & { readonly partitionMaxBytes: number },
  take: (span: S, chunk: FetchedChunk) => boolean,
): Promise<void> {
  const waiting = new Map(spans.map((span) => [keyOf(span), span]));
  const fetcher = openFetcher(cluster, {
    ranges: spans.map(({ topic, partition, start, stop }) => ({ topic, partition, start, stop })),
    signal,
    partitionMaxBytes,
    isolationLevel: isolation,
    outOfRange: 'earliest',
    unavailableTimeoutMs,
  });
  try {
    for await (const chunk of fetcher) {
      const span = waiting.get(keyOf(chunk));
      if (span === undefined || !take(span, chunk)) continue;
      waiting.delete(keyOf(chunk));
      fetcher.remove([chunk]);
    }
  } finally {
    await fetcher.close();
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
