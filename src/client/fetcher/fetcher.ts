import { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { Cluster } from '../cluster.js';
import type { Pace } from '../pace.js';
import { FetchEngine } from './fetch-engine.js';
import type { FetchedChunk } from './fetched-chunk.js';
import { type FetchRange, type FetchSettings, resolveFetchSettings } from './fetcher-options.js';
import { PartitionTrack } from './partition-track.js';

export interface FetcherOptions extends FetchSettings {
  readonly ranges: readonly FetchRange[];
  readonly signal?: AbortSignal | undefined;
  /** Clock and timers; tests bring their own. */
  readonly pace?: Pace | undefined;
}

/** Reads partitions; see {@link openFetcher}. */
export class Fetcher {
  private readonly engine: FetchEngine;
  private readonly partitionMaxBytes: number;

  constructor(engine: FetchEngine, partitionMaxBytes: number) {
    this.engine = engine;
    this.partitionMaxBytes = partitionMaxBytes;
  }

  /**
   * The next chunk: some consecutive records of one partition. `undefined` when every partition has reached its stop, or after
   * `close`. Not calling it is how to pause: at most two responses of each broker wait in memory.
   *
   * @throws CliError, after the chunks that came before it: `input` (offset out of range), `not-found` (topic or partition is
   * not there, or was deleted), `timeout` (nobody served a partition for `unavailableTimeoutMs`), `protocol` (corrupt batch),
   * `authorization`, `authentication`, `broker` (records were lost in a leader change; other refusals); at once: `aborted`
   */
  next(): Promise<FetchedChunk | undefined> {
    return this.engine.next();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FetchedChunk, void> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
  }

  /** Takes further partitions up; one that is being read already starts anew at the range's start. */
  add(ranges: readonly FetchRange[]): void {
    this.engine.add(ranges.map((range) => new PartitionTrack(range, this.partitionMaxBytes)));
  }

  /** Gives partitions up; chunks of them that were not handed out yet are dropped. */
  remove(partitions: readonly TopicPartition[]): void {
    this.engine.remove(partitions.map(({ topic, partition }) => `${topic}-${partition}`));
  }

  /** Goes on at another offset; the stop stays. */
  seek({ topic, partition }: TopicPartition, start: bigint): void {
    const track = this.engine.find(`${topic}-${partition}`);
    if (track === undefined) throw new CliError('usage', `partition ${topic}-${partition} is not being read`);
    this.add([{ topic, partition, start, stop: track.stop }]);
  }

  /**
   * Offset behind the last chunk handed out, and behind records that are not shown to anybody; `undefined` for a partition that
   * is not read here, or whose start is still being looked up.
   */
  position({ topic, partition }: TopicPartition): bigint | undefined {
    return this.engine.find(`${topic}-${partition}`)?.delivered;
  }

  /** Stops at once; a `next` that waits resolves to `undefined`. The cluster stays open. */
  close(): Promise<void> {
    this.engine.close();
    return Promise.resolve();
  }
}

/**
 * Starts reading partitions from their leaders (or nearer replicas), each from `start` up to `stop`, exclusive. It follows
 * leaders as they change, waits for those that are missing, and counts what is not shown (compacted away, control records,
 * aborted transactions) as read: a stop is reached when nothing below it is left, whether or not a record stands before it.
 * With read_committed, a stop behind an open transaction is reached where that transaction starts, unless `openTransactions`
 * says to wait for its outcome.
 *
 * ```ts
 * const fetcher = openFetcher(cluster, { ranges: [{ topic: 'orders', partition: 0, start: 0n, stop: end }], signal });
 * try {
 *   for await (const chunk of fetcher) {
 *     chunk.forEachRecord((record) => copy(record.buffer, record.valueStart, record.valueEnd));
 *     await flushed();                     // while this waits, the next responses are already on their way
 *   }
 * } finally {
 *   await fetcher.close();
 * }
 * ```
 */
export function openFetcher(cluster: Cluster, options: FetcherOptions): Fetcher {
  const settings = resolveFetchSettings(options);
  const engine = new FetchEngine(cluster, { settings, signal: options.signal, pace: options.pace });
  const fetcher = new Fetcher(engine, settings.partitionMaxBytes);
  fetcher.add(options.ranges);
  return fetcher;
}
