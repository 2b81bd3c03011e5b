import type { ProducerReport } from '../../client/producer/producer-report.js';
import { CliError } from '../../core/errors.js';
import type { LineSpan } from '../../core/record-formats/line-span.js';
import { parseWholeLine, type RecordParser } from '../../core/record-formats/line-parser.js';
import { RecordSyntaxError } from '../../core/record-formats/record-error.js';
import { emptyRecordRange, type RecordRange } from '../../core/record-formats/record-range.js';
import type { ByteSource } from './byte-source.js';
import { LineCutter } from './line-cutter.js';
import { LinePlaces } from './line-places.js';

/** What delivering needs of a producer. */
export interface RecordSender {
  /** Copies the record; a promise when the caller must wait before the next one. */
  append(topic: string, record: RecordRange): Promise<void> | undefined;
  /** Takes as many lines as it can at once, perhaps none, and moves the span on; a promise as with `append`. */
  appendLines(topic: string, lines: LineSpan): Promise<void> | undefined;
  /** Sends everything appended, and waits for the outcomes; what has none after `timeoutMs` counts as failed. */
  close(options: CloseOptions): Promise<ProducerReport>;
}

export interface CloseOptions {
  readonly timeoutMs?: number;
  /** Every source was read to its end. */
  readonly isComplete: boolean;
}

export interface DeliverOptions {
  readonly topic: string;
  readonly sources: readonly ByteSource[];
  /** What ends a line. */
  readonly delimiter: Uint8Array;
  readonly parse: RecordParser;
  /** Lines of white space only are no records (JSON lines). */
  readonly skipBlank: boolean;
  /** A line longer than this is given up on before its end has come, so that memory stays flat. */
  readonly maxLineBytes: number;
  /** Ends the reading: by the user, or because a record was lost. What was read until then is delivered. */
  readonly signal: AbortSignal;
  /** Gives up at once what was read and has no outcome yet. */
  readonly hurry?: AbortSignal | undefined;
}

export interface DeliverOutcome {
  /** Lines read, of all sources. */
  readonly lines: number;
  readonly report: ProducerReport;
  readonly places: LinePlaces;
  /** Every source was read to its end. */
  readonly isComplete: boolean;
  /** What ended the reading early, other than the signal. */
  readonly problem: CliError | undefined;
}

/** How long an interrupted run goes on delivering; whoever cannot wait that long interrupts it again. */
const lastWordsMs = 30_000;
/** The same where the time that the run was given is over: what has no outcome by then is told of as such. */
const pastTimeMs = 1000;

/**
 * Reads records line by line and hands them to a producer, then waits until each of them has its outcome. An input that breaks
 * off (a line that is no record, a file that cannot be read) is delivered up to there.
 */
export async function deliverRecords(sender: RecordSender, options: DeliverOptions): Promise<DeliverOutcome> {
  const run = new Delivery(sender, options);
  let problem: CliError | undefined;
  try {
    await run.readAll();
  } catch (error) {
    problem = run.explain(error);
  }
  const isComplete = problem === undefined && !options.signal.aborted;
  const closeWithin = (timeoutMs: number): void => void sender.close({ isComplete: false, timeoutMs });
  const onHurry = (): void => closeWithin(0);
  // An interrupt lets go on what is under way; the end of the time does not.
  const onAbort = (): void => {
    if (isOutOfTime(options.signal)) closeWithin(pastTimeMs);
  };
  options.signal.addEventListener('abort', onAbort, { once: true });
  options.hurry?.addEventListener('abort', onHurry, { once: true });
  const report = await sender.close({
    isComplete,
    ...(options.signal.aborted && { timeoutMs: isOutOfTime(options.signal) ? pastTimeMs : lastWordsMs }),
  });
  options.hurry?.removeEventListener('abort', onHurry);
  options.signal.removeEventListener('abort', onAbort);
  return { lines: run.lines, report, places: run.places, isComplete, problem };
}

function isOutOfTime({ reason }: AbortSignal): boolean {
  return reason instanceof CliError && reason.code === 'timeout';
}

class Delivery {
  lines = 0;
  readonly places = new LinePlaces();
  private readonly sender: RecordSender;
  private readonly options: DeliverOptions;
  private readonly record = emptyRecordRange();

  constructor(sender: RecordSender, options: DeliverOptions) {
    this.sender = sender;
    this.options = options;
  }

  async readAll(): Promise<void> {
    for (const source of this.options.sources) {
      if (this.options.signal.aborted) return;
      this.places.enter(source, this.lines);
      await this.readSource(source);
    }
  }

  private async readSource(source: ByteSource): Promise<void> {
    const { signal, maxLineBytes } = this.options;
    const cutter = new LineCutter(this.options.delimiter);
    for await (const chunk of source.chunks(signal)) {
      cutter.feed(chunk);
      await this.sendLines(cutter);
      if (signal.aborted) return;
      if (cutter.openLength > maxLineBytes) {
        this.lines++;
        throw new RecordSyntaxError(`the line is longer than ${maxLineBytes} bytes, more than any record may have`);
      }
    }
    // A line that the interrupt cut short is not a record.
    if (signal.aborted) return;
    cutter.finish();
    await this.sendLines(cutter);
  }

  private async sendLines(cutter: LineCutter): Promise<void> {
    const { topic, parse, skipBlank, signal } = this.options;
    const { sender, record } = this;
    const takesMany = parse === parseWholeLine && !skipBlank;
    for (;;) {
      const mustWaitForMany = takesMany ? this.sendMany(cutter) : undefined;
      if (mustWaitForMany !== undefined) {
        await mustWaitForMany;
        if (signal.aborted) return;
      }
      if (!cutter.next()) return;
      this.lines++;
      if (skipBlank && isBlank(cutter)) continue;
      record.tag = this.lines;
      parse(cutter.source, cutter.start, cutter.end, record);
      const mustWait = sender.append(topic, record);
      if (mustWait !== undefined) {
        await mustWait;
        if (signal.aborted) return;
      }
    }
  }

  /** Hands over the lines that need no thought; those that do, such as the first of a batch, are left to go one by one. */
  private sendMany(cutter: LineCutter): Promise<void> | undefined {
    const lines = cutter.rest(this.lines + 1);
    if (lines === undefined) return undefined;
    const mustWait = this.sender.appendLines(this.options.topic, lines);
    this.lines = lines.tag - 1;
    cutter.skip(lines);
    return mustWait;
  }

  /** The error with its line; what the signal ended is no problem of its own. */
  explain(error: unknown): CliError | undefined {
    if (error instanceof RecordSyntaxError) return this.located('input', error.message, error);
    if (!(error instanceof CliError)) throw error;
    if (error.code === 'aborted' && this.options.signal.aborted) return undefined;
    if (error.code === 'io') return error;
    return this.located(error.code, error.message, error);
  }

  private located(code: CliError['code'], message: string, cause: Error): CliError {
    const hint = cause instanceof CliError ? cause.hint : undefined;
    return new CliError(code, `${this.places.describe(this.lines)}: ${message}`, { cause, hint });
  }
}

function isBlank({ source, start, end }: LineCutter): boolean {
  for (let index = start; index < end; index++) {
    const byte = source[index];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
