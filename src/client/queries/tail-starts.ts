import type { TopicPartition } from '../../protocol/message.js';
import type { Cluster } from '../cluster.js';
import { openFetcher } from '../fetcher/fetcher.js';
import type { IsolationLevel } from '../fetcher/fetcher-options.js';

/** Offsets of one partition, among which its last records are looked for. */
export interface TailSpan extends TopicPartition {
  readonly start: bigint;
  readonly stop: bigint;
}

interface Search {
  readonly span: TailSpan;
  /** Records still to be found below `stop`. */
  wanted: number;
  start: bigint;
  stop: bigint;
}

const widening = 4n;
const maxWaitMs = 100;
/** Reading so many records twice would cost more than the exact number is worth: they are then counted by offsets. */
const mostCounted = 100_000;

/**
 * Where the last `count` records of each span begin, in the order asked. Offsets without a record that a reader is shown (ends
 * of transactions, aborted records with read_committed, gaps that compaction left) do not count, so that the start may lie
 * further back; it is the span's where there are fewer records.
 *
 * @throws CliError where a partition cannot be read
 */
export async function tailStarts(
  cluster: Cluster,
  spans: readonly TailSpan[],
  { count, isolation, signal }: { readonly count: bigint; readonly isolation: IsolationLevel; readonly signal: AbortSignal },
): Promise<readonly bigint[]> {
  const searches = spans.map((span): Search => ({
    span,
    wanted: Number(count),
    start: back(span, span.stop, count),
    stop: span.stop,
  }));
  if (count === 0n || count > mostCounted) return searches.map(({ start }) => start);
  let open = searches.filter(({ start, stop }) => start < stop);
  while (open.length > 0) {
    const found = await lastOffsets(cluster, open, { isolation, signal });
    open = open.filter((search) => goOn(search, found.get(nameOf(search.span))));
  }
  return searches.map(({ start }) => start);
}

/** Takes in what was found; false once the start is known. */
function goOn(search: Search, found: LastOffsets | undefined): boolean {
  const { span, start, stop } = search;
  const offsets = found?.offsets ?? [];
  if (offsets.length >= search.wanted) {
    search.start = offsets[offsets.length - search.wanted] as bigint; // compared just above
    return false;
  }
  search.wanted -= offsets.length;
  search.stop = start;
  search.start = back(span, start, widening * (stop - start));
  return search.start < search.stop;
}

function back({ start }: TailSpan, from: bigint, count: bigint): bigint {
  return from - count > start ? from - count : start;
}

/** The last offsets seen, a few more than are wanted. */
class LastOffsets {
  offsets: bigint[] = [];
  private readonly wanted: number;

  constructor(wanted: number) {
    this.wanted = wanted;
  }

  add(offset: bigint): void {
    this.offsets.push(offset);
    if (this.offsets.length >= this.wanted * 2 + 1000) this.offsets = this.offsets.slice(-this.wanted);
  }
}

async function lastOffsets(
  cluster: Cluster,
  searches: readonly Search[],
  { isolation, signal }: { readonly isolation: IsolationLevel; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, LastOffsets>> {
  const found = new Map(searches.map(({ span, wanted }) => [nameOf(span), new LastOffsets(wanted)]));
  const ranges = searches.map(({ span: { topic, partition }, start, stop }) => ({ topic, partition, start, stop }));
  const fetcher = openFetcher(cluster, { ranges, signal, isolationLevel: isolation, outOfRange: 'earliest', maxWaitMs });
  try {
    for await (const chunk of fetcher) chunk.forEachRecord(({ offset }) => found.get(nameOf(chunk))?.add(offset));
  } finally {
    await fetcher.close();
  }
  return found;
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}
