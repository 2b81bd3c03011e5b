import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { BatchWalk, TakeRecords } from '../../client/fetcher/fetched-chunk.js';
import type { RecordCursor } from '../../protocol/records/record-cursor.js';
import { CliError } from '../../core/errors.js';
import { after, type Timer } from '../../timers/timers.js';
import type { ByteSink } from './byte-sink.js';
import { CursorView } from './cursor-view.js';
import { RecordOutput, type WriteTally } from './record-output.js';

/** What printing needs of a fetched chunk. */
export interface PrintableChunk {
  readonly topic: string;
  readonly partition: number;
  /** Offset behind the chunk, which may lie behind its last record, and the leader epoch to commit with it. */
  readonly nextOffset: bigint;
  readonly leaderEpoch: number | undefined;
  /** Of the topic, where brokers give one. */
  readonly topicId?: string | undefined;
  /** Walks one batch an item; a walk that its visitor ended with `false` goes on behind that record when called again. */
  batches(): Iterable<BatchWalk, void>;
}

export interface PrintOptions {
  readonly format: RecordFormatter;
  readonly sink: ByteSink;
  /** Records to print at most. */
  readonly maxMessages: number | undefined;
  /** Milliseconds without a record after which printing ends; time in which the sink takes nothing does not count. */
  readonly idleTimeoutMs: number | undefined;
  readonly signal: AbortSignal;
  /**
   * What to do when the formatter throws: go on behind the record, or end there; either way it counts as printed, and what was
   * written of it stays. Without this the error ends the run, and the record was not printed.
   */
  readonly onFormatError?: ((error: unknown) => 'skip' | 'end') | undefined;
  /** Called when the sink has written everything of a partition up to this offset. */
  readonly onWritten?: ((place: WrittenPlace) => void) | undefined;
  /** Kept up to date with what the sink has written; right also when printing fails. */
  readonly tally?: WriteTally | undefined;
}

/** An offset of a partition below which every record was written. */
export interface WrittenPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Leader epoch of the record before it, where known. */
  readonly leaderEpoch: number | undefined;
  readonly topicId: string | undefined;
}

/**
 * Why printing ended: every partition was read to its stop, enough was printed, nothing came, nobody reads, the signal, or a
 * record that could not be formatted.
 */
export type PrintEnd = 'stop' | 'limit' | 'idle' | 'closed' | 'interrupted' | 'unformatted';

export interface PrintOutcome {
  readonly printed: number;
  readonly end: PrintEnd;
}

/** Where chunks come from: a fetcher, or a test. */
export interface ChunkReader {
  /** The next chunk; `undefined` when there will be no more. */
  next(): Promise<PrintableChunk | undefined>;
  /** For readers that cannot have records at times: since when (`performance.now`) they could have, `undefined` while not. */
  readySince?(): number | undefined;
}

/**
 * Prints records as they come. Nothing more is fetched than the sink takes, and everything formatted is written before this
 * resolves or throws.
 *
 * @throws CliError whatever the reader throws, and `io` when the sink fails
 */
export function printRecords(reader: ChunkReader, options: PrintOptions): Promise<PrintOutcome> {
  return new RecordPrinter(options).print(reader);
}

/** One run of {@link printRecords}, for those who have to know meanwhile what was written. */
export class RecordPrinter {
  private printed = 0;
  private isEnded = false;
  private readonly output: RecordOutput;
  private readonly options: PrintOptions;
  private readonly limit: number;
  private readonly view = new CursorView();

  constructor(options: PrintOptions) {
    this.options = options;
    this.output = new RecordOutput(options.sink, options.tally);
    this.limit = options.maxMessages ?? Infinity;
  }

  /** See {@link printRecords}; to be called once. */
  async print(reader: ChunkReader): Promise<PrintOutcome> {
    const stopWatching = this.output.watchReader();
    let end: PrintEnd;
    try {
      end = await this.run(reader);
    } catch (error) {
      await this.output.finish();
      throw error;
    } finally {
      stopWatching();
    }
    await this.output.finish();
    return { printed: this.printed, end: this.output.isClosed ? 'closed' : end };
  }

  /**
   * Waits until everything formatted so far is written; for use while the reader is asked for a chunk.
   *
   * @returns false when nobody reads any more
   * @throws CliError `io` when the sink fails
   */
  async flush(): Promise<boolean> {
    await this.output.finish();
    return !this.output.isClosed;
  }

  /** Everything formatted so far has been written. */
  get isFlushed(): boolean {
    return this.output.isWritten;
  }

  private async run(reader: ChunkReader): Promise<PrintEnd> {
    if (this.limit === 0) return 'limit';
    let idleSince = performance.now();
    for (;;) {
      const next = await this.nextChunk(reader, idleSince);
      if (next === 'interrupted' || this.options.signal.aborted) return 'interrupted';
      if (next === 'idle') return 'idle';
      if (next === 'ended') return 'closed';
      if (next === undefined) return 'stop';
      const before = this.printed;
      await this.printChunk(next);
      if (this.output.isClosed) return 'closed';
      if (this.isEnded) return 'unformatted';
      if (this.printed >= this.limit) return 'limit';
      this.output.push();
      if (this.printed > before) idleSince = performance.now();
    }
  }

  private async nextChunk(
    reader: ChunkReader,
    idleSince: number,
  ): Promise<PrintableChunk | 'idle' | 'ended' | 'interrupted' | undefined> {
    const { idleTimeoutMs, signal } = this.options;
    const next = this.orEnded(reader.next()).catch((error: unknown) => {
      if (signal.aborted && error instanceof CliError && error.code === 'aborted') return 'interrupted' as const;
      throw error;
    });
    if (idleTimeoutMs === undefined) return next;
    for (let since = idleSince; ;) {
      const result = await orIdle(next, Math.max(0, since + idleTimeoutMs - performance.now()));
      const ready = reader.readySince === undefined ? since : (reader.readySince() ?? performance.now());
      if (result !== 'idle' || ready <= since) return result;
      since = ready;
    }
  }

  /** Who waits for records must hear, too, that nobody can take them any more. */
  private orEnded<T>(work: Promise<T>): Promise<T | 'ended'> {
    const { output } = this;
    return new Promise((resolve, reject) => {
      output.onEnd = () => resolve('ended');
      if (output.hasEnded) resolve('ended');
      work.then(resolve, reject);
    });
  }

  private async printChunk(chunk: PrintableChunk): Promise<void> {
    const { view, limit } = this;
    const format = this.guardedFormat();
    const { valueEnding } = this.options.format;
    view.enter(chunk.topic, chunk.partition);
    let last: RecordCursor | undefined;
    const visit = (record: RecordCursor): boolean => {
      last = record;
      view.look(record);
      format(this.output.buffer, view);
      this.output.endRecord();
      this.printed++;
      return this.printed < limit && !this.output.isFull && !this.isEnded;
    };
    const copy = (record: RecordCursor, stop: number, ending: Uint8Array): boolean => {
      const { output: target } = this;
      const copied = record.copyValues(ending, { target, count: limit - this.printed, stop, room: target.room });
      if (copied > 0) last = record;
      this.printed += copied;
      return this.printed < limit && !this.output.isFull;
    };
    const take: TakeRecords | undefined = valueEnding && ((record, stop) => copy(record, stop, valueEnding));
    const batches = chunk.batches()[Symbol.iterator]();
    for (let step = batches.next(); step.done !== true; step = batches.next()) {
      const walk = step.value;
      while (!walk(visit, take)) {
        const behind = last === undefined ? undefined : last.offset + 1n;
        if (this.printed >= limit || this.isEnded) {
          const next = findNext(walk, batches, behind);
          return next === undefined ? this.markAll(chunk) : this.mark(chunk, next, undefined);
        }
        if (behind !== undefined) this.mark(chunk, behind, undefined);
        await this.output.drain();
        if (this.output.isClosed || this.options.signal.aborted) return;
      }
    }
    this.markAll(chunk);
  }

  private markAll(chunk: PrintableChunk): void {
    this.mark(chunk, chunk.nextOffset, chunk.leaderEpoch);
  }

  private guardedFormat(): RecordFormatter {
    const { format, onFormatError } = this.options;
    if (onFormatError === undefined) return format;
    return (output, record) => {
      try {
        format(output, record);
      } catch (error) {
        this.isEnded = onFormatError(error) === 'end';
      }
    };
  }

  private mark({ topic, partition, topicId }: PrintableChunk, offset: bigint, leaderEpoch: number | undefined): void {
    const { onWritten } = this.options;
    if (onWritten !== undefined) this.output.onceWritten(() => onWritten({ topic, partition, offset, leaderEpoch, topicId }));
  }
}

/**
 * The offset of the record that would have come next, which is where Kafka's consumer goes back to: what its reader does not see
 * (a transaction's end) is not left for the next run. `undefined` where the chunk has no more.
 */
function findNext(walk: BatchWalk, rest: Iterator<BatchWalk, void>, behind: bigint | undefined): bigint | undefined {
  let found: bigint | undefined;
  const look = ({ offset }: RecordCursor): boolean => {
    found = offset;
    return false;
  };
  try {
    walk(look);
    for (let step = rest.next(); found === undefined && step.done !== true; step = rest.next()) step.value(look);
    return found;
  } catch {
    return behind; // what cannot be read is for the next run to tell of
  }
}

async function orIdle<T>(work: Promise<T>, milliseconds: number): Promise<T | 'idle'> {
  let timer: Timer | undefined;
  const timeout = new Promise<'idle'>((resolve) => {
    timer = after(milliseconds, () => resolve('idle'));
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    timer?.cancel();
    // Lost the race: its failure, if any, comes when nobody waits for it.
    work.catch(() => {});
  }
}
