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
  /** Bytes given to the sink, and bytes that it has written. */
  private given = 0;
  private written = 0;
  /** Called when no more can be written: the reader has gone, or a write failed. */
  onEnd: (() => void) | undefined;
  private marks: { readonly at: number; readonly reached: () => void }[] = [];

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  get isFull(): boolean {
    return this.buffer.length >= bufferSize;
  }

  /** Nothing more can be written; `finish` throws what failed. */
  get hasEnded(): boolean {
    return this.isClosed || this.failure !== undefined;
  }

  /** Everything appended so far has been written, and the sink takes more. */
  get isWritten(): boolean {
    return this.writing === undefined && this.buffer.length === 0 && !this.hasEnded;
  }

  /** Calls `reached` once the sink has written everything appended so far; never when it does not. */
  onceWritten(reached: () => void): void {
    if (this.hasEnded) return;
    const at = this.given + this.buffer.length;
    if (at <= this.written) reached();
    else this.marks.push({ at, reached });
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
    this.given += full.length;
    try {
      if (await this.sink.write(full.view())) this.advance(full.length);
      else this.isClosed = true;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
    full.clear();
    this.writing = undefined;
    if (this.hasEnded) this.onEnd?.();
    this.push();
  }

  private advance(bytes: number): void {
    this.written += bytes;
    const ahead = this.marks.findIndex(({ at }) => at > this.written);
    for (const { reached } of this.marks.splice(0, ahead < 0 ? this.marks.length : ahead)) reached();
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
