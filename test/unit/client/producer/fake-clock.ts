import type { Clock } from '../../../../src/client/producer/clock.js';

/** A clock that stands still until told. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly timers = new Set<{ at: number; task: () => void }>();

  now(): number {
    return this.time;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.time + ms, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Moves on and runs what is due, in order. */
  advance(ms: number): void {
    this.time += ms;
    const due = [...this.timers].filter(({ at }) => at <= this.time).sort((left, right) => left.at - right.at);
    for (const timer of due) if (this.timers.delete(timer)) timer.task();
  }
}
