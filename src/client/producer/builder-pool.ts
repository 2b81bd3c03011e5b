import { BatchBuilder } from '../../protocol/records/batch-builder.js';

/** Batch buffers that wait to be used again, so that a long stream allocates only a few. */
export class BuilderPool {
  private readonly maxBytes: number;
  private readonly free = new Map<number, BatchBuilder[]>();
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** An empty builder with this limit. */
  take(limit: number): BatchBuilder {
    const builder = this.free.get(limit)?.pop();
    if (builder === undefined) return new BatchBuilder(limit);
    this.bytes -= limit;
    return builder;
  }

  /** Keeps a builder that nobody uses any more, unless enough are kept. */
  give(builder: BatchBuilder): void {
    const { limit } = builder;
    if (this.bytes + limit > this.maxBytes) return;
    builder.reset();
    this.bytes += limit;
    const kept = this.free.get(limit);
    if (kept === undefined) this.free.set(limit, [builder]);
    else kept.push(builder);
  }

  clear(): void {
    this.free.clear();
    this.bytes = 0;
  }
}
