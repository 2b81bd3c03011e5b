/** Below this, sleeping is less exact than adding it to the next sleep. */
const shortestPauseMs = 2;

/**
 * Keeps a loop down to a rate, as Kafka's load tools do: while it is ahead of the rate, each step owes its share of a second, and
 * what is owed is slept off once it is worth a sleep.
 */
export class Throttle {
  private readonly perSecond: number;
  private readonly startMs: number;
  private owedMs = 0;

  /** A negative rate is none; a rate of 0 stops the loop with its first step that took any time. */
  constructor(perSecond: number, startMs: number) {
    this.perSecond = perSecond;
    this.startMs = startMs;
  }

  /** How long to sleep after a step that began at `nowMs` with `done` steps before it; `Infinity` for ever. */
  pauseMs(done: number, nowMs: number): number {
    const elapsed = (nowMs - this.startMs) / 1000;
    if (this.perSecond < 0 || elapsed <= 0 || done / elapsed <= this.perSecond) return 0;
    if (this.perSecond === 0) return Infinity;
    this.owedMs += 1000 / this.perSecond;
    if (this.owedMs < shortestPauseMs) return 0;
    const pause = this.owedMs;
    this.owedMs = 0;
    return pause;
  }
}
