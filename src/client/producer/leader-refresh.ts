import type { Clock } from './clock.js';

/** Reads metadata again when somebody finds a leader missing or wrong: once for all who ask, and not more often than a pause allows. */
export class LeaderRefresh {
  private readonly read: () => Promise<void>;
  private readonly clock: Clock;
  private readonly pauseMs: number;
  private readonly onDone: () => void;
  private isUnderWay = false;
  private lastEnd = -Infinity;
  private cancel: () => void = () => {};

  constructor(read: () => Promise<void>, options: { clock: Clock; pauseMs: number; onDone: () => void }) {
    this.read = read;
    this.clock = options.clock;
    this.pauseMs = options.pauseMs;
    this.onDone = options.onDone;
  }

  want(): void {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    const pause = this.lastEnd + this.pauseMs - this.clock.now();
    if (pause <= 0) void this.run();
    else this.cancel = this.clock.after(Math.ceil(pause), () => void this.run());
  }

  stop(): void {
    this.cancel();
  }

  private async run(): Promise<void> {
    try {
      await this.read();
    } catch {
      // No broker answers now; the streams stay where they are until one does or their time is over.
    }
    this.isUnderWay = false;
    this.lastEnd = this.clock.now();
    this.onDone();
  }
}
