import type { ByteSink } from '../../operations/console/byte-sink.js';
import { type EventValue, formatEvent } from './event-json.js';

/** Writes events as lines of JSON, in order, each with the time at which it was told. */
export class EventWriter {
  private readonly sink: ByteSink;
  private readonly now: () => number;
  private waiting: string[] = [];
  private writing: Promise<void> | undefined;
  private isOpen = true;

  constructor(sink: ByteSink, now: () => number) {
    this.sink = sink;
    this.now = now;
  }

  /** Tells of an event; resolves when everything told up to here was written, or nobody reads any more. */
  tell(name: string, members: { readonly [name: string]: EventValue } = {}): Promise<void> {
    return this.line(formatEvent({ timestamp: this.now(), name, ...members }));
  }

  /** Writes a line that is no event. */
  line(text: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    this.waiting.push(text);
    return (this.writing ??= this.write());
  }

  private async write(): Promise<void> {
    // What is told in one turn goes out at once.
    await Promise.resolve();
    while (this.waiting.length > 0 && this.isOpen) {
      const lines = this.waiting;
      this.waiting = [];
      this.isOpen = await this.sink.write(Buffer.from(`${lines.join('\n')}\n`)).catch(() => false);
    }
    this.writing = undefined;
  }
}
