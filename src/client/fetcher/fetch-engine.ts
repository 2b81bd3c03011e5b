import { CliError } from '../../core/errors.js';
import type { Cluster } from '../cluster.js';
import { abortError } from '../connection-error.js';
import { type Pace, realPace } from '../pace.js';
import { BrokerFetches, type FetchHost } from './broker-fetches.js';
import type { FetchedChunk } from './fetched-chunk.js';
import { FetchQueue } from './fetch-queue.js';
import type { FrameLease } from './frame-slots.js';
import type { ResolvedFetchSettings } from './fetcher-options.js';
import type { PartitionTrack } from './partition-track.js';
import { trackWaits } from './track-waits.js';
import { TrackTender } from './tend-tracks.js';

export interface EngineOptions {
  readonly settings: ResolvedFetchSettings;
  readonly signal?: AbortSignal | undefined;
  readonly pace?: Pace | undefined;
  /** Never ends by itself: partitions come and go. */
  readonly isOpenEnded?: boolean | undefined;
}

/** Holds the partitions being read and what has been read of them, and hands it out in the order in which it came. */
export class FetchEngine implements FetchHost {
  readonly cluster: Cluster;
  readonly settings: ResolvedFetchSettings;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly queue = new FetchQueue();
  private readonly controller = new AbortController();
  private readonly outerSignal: AbortSignal | undefined;
  private readonly isOpenEnded: boolean;
  private readonly byName = new Map<string, PartitionTrack>();
  private readonly tender: TrackTender;
  private readonly fetches: BrokerFetches;
  private readonly leaveWaits: (() => void) | undefined;
  private failure: Error | undefined;
  private isClosed = false;
  private waiters: (() => void)[] = [];
  /** Memory of the chunk that was handed out last, and of none that is still to come. */
  private used: FrameLease | undefined;

  constructor(cluster: Cluster, options: EngineOptions) {
    this.cluster = cluster;
    this.settings = options.settings;
    this.pace = options.pace ?? realPace;
    this.outerSignal = options.signal;
    this.isOpenEnded = options.isOpenEnded ?? false;
    this.signal = this.controller.signal;
    this.tender = new TrackTender(this);
    this.fetches = new BrokerFetches(this);
    this.leaveWaits = cluster.direct.waits?.add(() => trackWaits(this.tracks(), this.pace.now()));
    options.signal?.addEventListener('abort', this.notify);
  }

  tracks(): Iterable<PartitionTrack> {
    return this.byName.values();
  }

  find(name: string): PartitionTrack | undefined {
    return this.byName.get(name);
  }

  /** Takes partitions up; those of the same name are replaced, and what was read of them is forgotten. */
  add(tracks: readonly PartitionTrack[]): void {
    for (const track of tracks) {
      const old = this.byName.get(track.name);
      if (old !== undefined) old.isClosed = true;
      this.byName.set(track.name, track);
    }
    this.lost();
    this.notify();
  }

  /** Gives partitions up; what was read of them and not handed out is forgotten. */
  remove(names: readonly string[]): void {
    for (const name of names) {
      const track = this.byName.get(name);
      if (track !== undefined) track.isClosed = true;
      this.byName.delete(name);
    }
    this.notify();
  }

  /**
   * The next run of records, in the order in which they came; `undefined` once every partition is done, or after `close`.
   * What came before a failure is handed out before the failure is thrown.
   */
  async next(): Promise<FetchedChunk | undefined> {
    for (;;) {
      const chunk = this.poll();
      if (chunk !== undefined || this.isFinished()) return chunk;
      await this.wait();
    }
  }

  /** What `next` would give at once. */
  poll(): FetchedChunk | undefined {
    if (this.outerSignal?.aborted === true) throw abortError(this.outerSignal);
    if (this.isClosed) return undefined;
    const chunk = this.take();
    // What had arrived before the failure still comes.
    if (chunk === undefined && this.failure !== undefined && !this.fetches.isUnpacking) throw this.failure;
    return chunk;
  }

  /** Resolves when `poll` may say something else than before. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  /** Ends every `wait`; for owners that have news of their own. */
  readonly notify = (): void => {
    const { waiters } = this;
    this.waiters = [];
    for (const wake of waiters) wake();
  };

  close(): void {
    this.isClosed = true;
    this.leaveWaits?.();
    this.failure = undefined;
    this.outerSignal?.removeEventListener('abort', this.notify);
    this.controller.abort(new CliError('aborted', 'the fetcher was closed'));
    this.queue.clear();
    this.notify();
  }

  ready(): void {
    if (!this.signal.aborted) this.fetches.pump();
    this.notify();
  }

  lost(): void {
    if (!this.signal.aborted) this.tender.wake();
  }

  jumped(track: PartitionTrack): void {
    const { position: nextOffset, topicId } = track;
    this.queue.push(-1, [{ track, chunk: undefined, nextOffset, topicId, leaderEpoch: undefined }]);
  }

  moveToEnd(track: PartitionTrack): void {
    if (this.byName.delete(track.name)) this.byName.set(track.name, track);
  }

  fail(error: Error): void {
    if (this.signal.aborted) return;
    this.failure = error;
    // Nothing more is asked for.
    this.controller.abort(error);
    this.notify();
  }

  /** The next chunk that somebody wants; reads without one only move what counts as handed out. */
  private take(): FetchedChunk | undefined {
    this.used?.release();
    this.used = undefined;
    for (let taken = this.queue.take(); taken !== undefined; taken = this.queue.take()) {
      const { read, isFrameDone } = taken;
      const isShown = !read.track.isClosed && read.chunk !== undefined;
      if (isFrameDone && isShown) this.used = read.frame.lease;
      else if (isFrameDone) read.frame.lease?.release();
      if (isFrameDone && !this.signal.aborted) this.fetches.pump();
      if (read.track.isClosed) continue;
      read.track.delivered = read.nextOffset;
      read.track.deliveredEpoch = read.leaderEpoch ?? read.track.deliveredEpoch;
      read.track.deliveredTopicId = read.topicId;
      if (read.chunk !== undefined) return read.chunk;
    }
    return undefined;
  }

  private isFinished(): boolean {
    if (this.isClosed) return true;
    if (this.failure !== undefined || this.isOpenEnded || this.fetches.isUnpacking) return false;
    for (const track of this.byName.values()) if (track.phase !== 'done') return false;
    return true;
  }
}
