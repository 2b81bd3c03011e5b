import { ByteBuffer } from '../../core/record-formats/byte-buffer.js';
import type { ByteSink } from './byte-sink.js';

const bufferSize = 1024 * 1024;

/**
 * Two buffers in front of a sink: formatters fill one while the other is written. Nothing is held back: what was formatted is
 * written as soon as the sink is free.
 */
export class RecordOutput {
  /** What formatters append to; another object after `drain`. */
  buffer = new ByteBuffer(bufferSize);
  /** The sink's reader has gone; everything else is thrown away. */
  isClosed = false;
  private spare = new ByteBuffer(bufferSize);
  private readonly sink: ByteSink;
  private writing: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  get isFull(): boolean {
    return this.buffer.length >= bufferSize;
  }

  /** Starts writing what there is, unless a write is under way: then that is followed by another. Does not wait. */
  push(): void {
    if (this.writing !== undefined || this.failure !== undefined || this.buffer.length === 0) return;
    if (this.isClosed) return this.buffer.clear();
    const full = this.buffer;
    this.buffer = this.spare;
    this.spare = full;
    this.writing = this.write(full);
  }

  private async write(full: ByteBuffer): Promise<void> {
    try {
      if (!(await this.sink.write(full.view()))) this.isClosed = true;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    full.clear();
    this.writing = undefined;
    this.push();
  }

  /**
   * Makes room: waits until the buffer is being written and another one is empty.
   *
   * @throws CliError `io` when a write failed
   */
  async drain(): Promise<void> {
    while (this.isFull && this.failure === undefined) {
      this.push();
      // push() swaps the buffers, unless the other one is still being written.
      if (this.buffer.length >= bufferSize) await this.writing;
    }
    this.throwFailure();
  }

  /**
   * Waits until everything is written.
   *
   * @throws CliError `io` when a write failed
   */
  async finish(): Promise<void> {
    this.push();
    while (this.writing !== undefined) await this.writing;
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
