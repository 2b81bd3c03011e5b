import { CliError } from '../../core/errors.js';
import type { ByteBuffer } from '../../core/record-formats/byte-buffer.js';
import { type ByteSink, WriteError } from './byte-sink.js';
import { RecordPage } from './record-page.js';

const bufferSize = 1024 * 1024;
/** What the last records of a full buffer may take without making it grow. */
const margin = 64 * 1024;

/** What became of the records that were formatted, as far as the sink has told. */
export interface WriteTally {
  /** Records of which every byte was written. */
  records: number;
  /** A write came to nothing, for want of a reader or for a failure: the record behind the last whole one is lost, in part or wholly. */
  isCutShort: boolean;
}

/**
 * Two buffers in front of a sink: formatters fill one while the other is written. Nothing is held back: what was formatted is
 * written as soon as the sink is free.
 */
export class RecordOutput {
  /** The sink's reader has gone; everything else is thrown away. */
  isClosed = false;
  readonly tally: WriteTally;
  private page = new RecordPage(bufferSize + margin);
  private spare = new RecordPage(bufferSize + margin);
  private readonly sink: ByteSink;
  private writing: Promise<void> | undefined;
  private failure: Error | undefined;
  /** Bytes given to the sink, and bytes that it has written. */
  private given = 0;
  private written = 0;
  /** Called when no more can be written: the reader has gone, or a write failed. */
  onEnd: (() => void) | undefined;
  private marks: { readonly at: number; readonly reached: () => void }[] = [];

  constructor(sink: ByteSink, tally: WriteTally = { records: 0, isCutShort: false }) {
    this.sink = sink;
    this.tally = tally;
  }

  /** What formatters append to; another object after `drain`. */
  get buffer(): ByteBuffer {
    return this.page.buffer;
  }

  /** The record formatted last is complete. */
  endRecord(): void {
    this.page.endRecord();
  }

  /** Several records were formatted, which end where it is said. */
  endRecords(ends: Uint32Array): void {
    this.page.endRecords(ends);
  }

  /** From now on `onEnd` is called, too, when the sink's reader goes while nothing is written. Returns how to stop that. */
  watchReader(): () => void {
    const stop = this.sink.watchReader?.(() => {
      this.isClosed = true;
      this.onEnd?.();
    });
    return stop ?? (() => undefined);
  }

  get isFull(): boolean {
    return this.buffer.length >= bufferSize;
  }

  /** Bytes that the buffer takes without growing. */
  get room(): number {
    return this.buffer.bytes.length - this.buffer.length;
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
    if (this.writing !== undefined || this.failure !== undefined) return;
    if (this.isClosed) return this.page.clear();
    if (this.buffer.length === 0) return this.countEmpty();
    const full = this.page;
    this.page = this.spare;
    this.spare = full;
    this.writing = this.write(full);
  }

  /** Records of which nothing is to be written are done with once those before them are. */
  private countEmpty(): void {
    this.tally.records += this.page.records;
    this.page.clear();
  }

  private async write(full: RecordPage): Promise<void> {
    const { length } = full.buffer;
    this.given += length;
    try {
      if (await this.sink.write(full.buffer.view())) this.advance(length, full.records);
      else this.isClosed = true;
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      if (error instanceof WriteError) {
        this.tally.records += full.recordsWithin(error.written);
        this.failure = new CliError('io', `${error.message}; ${this.tally.records} records were written`, { cause: error });
      }
    }
    this.tally.isCutShort = this.hasEnded;
    full.clear();
    this.writing = undefined;
    if (this.hasEnded) this.onEnd?.();
    this.push();
  }

  private advance(bytes: number, records: number): void {
    this.written += bytes;
    this.tally.records += records;
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
