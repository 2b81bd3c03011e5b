import { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { timeoutSignal } from '../../timers/timers.js';
import type { Cluster } from '../cluster.js';
import { openFetcher } from '../fetcher/fetcher.js';

/** Offsets of a partition: from `start` up to but not including `stop`. */
export interface OffsetSpan extends TopicPartition {
  readonly start: bigint;
  readonly stop: bigint;
}

/** Timestamps of the ends of a span, milliseconds since the epoch; undefined where that is not cheap to find out. */
export interface SpanTimes {
  readonly first: bigint | undefined;
  readonly last: bigint | undefined;
}

// More would make a person wait for what is only there to help decide.
const mostSpans = 64;
const patienceMs = 5000;
// Enough for the batches of most producers; of a larger one a broker sends all, but then of one partition only.
const partitionMaxBytes = 64 * 1024;

/** Reads the first and the last record of spans, each of another partition; never fails for what it cannot find. */
export async function recordTimes(
  cluster: Cluster,
  spans: readonly OffsetSpan[],
  signal: AbortSignal,
): Promise<ReadonlyMap<OffsetSpan, SpanTimes>> {
  const worth = spans.filter(({ start, stop }) => start < stop);
  if (worth.length === 0 || worth.length > mostSpans) return new Map();
  const [firsts, lasts] = await Promise.all([
    firstTimes(cluster, worth, signal),
    // The last offset may hold no record (compacted away, or the end of a transaction): then its time stays unknown.
    firstTimes(
      cluster,
      worth.map((span) => ({ ...span, start: span.stop - 1n })),
      signal,
    ),
  ]);
  return new Map(worth.map((span) => [span, { first: timeIn(firsts, span), last: timeIn(lasts, span) }]));
}

/** Kafka writes -1 for a record without a time; everything else is one. */
function timeIn(times: ReadonlyMap<string, bigint>, span: OffsetSpan): bigint | undefined {
  const time = times.get(keyOf(span));
  return time === -1n ? undefined : time;
}

async function firstTimes(cluster: Cluster, ranges: readonly OffsetSpan[], signal: AbortSignal): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  const limited = AbortSignal.any([signal, timeoutSignal(patienceMs)]);
  const fetcher = openFetcher(cluster, { ranges, signal: limited, partitionMaxBytes, outOfRange: 'earliest' });
  try {
    for await (const chunk of fetcher) {
      if (found.has(keyOf(chunk))) continue;
      chunk.forEachRecord((record) => {
        found.set(keyOf(chunk), record.timestamp);
        return false;
      });
      if (found.has(keyOf(chunk))) fetcher.remove([chunk]);
    }
  } catch (error) {
    if (!(error instanceof CliError) || signal.aborted) throw error;
  } finally {
    await fetcher.close();
  }
  return found;
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
