import type { BatchBuilder } from '../../protocol/records/batch-builder.js';
import { BuilderPool } from './builder-pool.js';
import type { ProducerBatch } from './producer-batch.js';

/** Below this, batches are too small to be worth their headers. */
const smallestLimit = 16 * 1024;

/**
 * The memory of all batches: half of it for the open ones, one for each partition, half for those closed and not yet released.
 * Buffers are used again once the broker has answered and the socket has let go of them.
 */
export class BatchMemory {
  private readonly half: number;
  private readonly pool: BuilderPool;
  private limit: number;
  private partitions = 0;
  private held = 0;
  private room: { promise: Promise<void>; resolve: () => void } | undefined;

  constructor(bufferMemory: number, batchSize: number) {
    this.half = bufferMemory / 2;
    this.limit = batchSize;
    this.pool = new BuilderPool(this.half);
  }

  /** One more partition is written to, so each gets a smaller share. */
  addPartition(): void {
    this.partitions++;
    while (this.limit > smallestLimit && this.limit * this.partitions > this.half) {
      this.limit = Math.ceil(this.limit / 2);
      this.pool.clear();
    }
  }

  /** An empty builder of the usual size, or of the `largest` a topic takes where that is smaller. */
  take(largest: number): BatchBuilder {
    return this.pool.take(Math.min(largest, this.limit));
  }

  /** A closed batch counts until it is released. */
  hold(batch: ProducerBatch): void {
    batch.held = batch.size;
    this.held += batch.held;
  }

  release(batch: ProducerBatch): void {
    this.held -= batch.held;
    batch.held = 0;
    if (batch.builder.limit <= this.limit) this.pool.give(batch.builder);
    if (this.held > this.half) return;
    this.room?.resolve();
    this.room = undefined;
  }

  /** What to wait for while too much is held; undefined while there is room. */
  waitForRoom(): Promise<void> | undefined {
    if (this.held <= this.half) return undefined;
    if (this.room === undefined) {
      let resolve = (): void => {};
      const promise = new Promise<void>((done) => (resolve = done));
      this.room = { promise, resolve };
    }
    return this.room.promise;
  }
}
