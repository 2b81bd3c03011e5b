import type { Pace } from '../pace.js';

/** A sleep that others can cut short; a ring while nobody sleeps ends the next sleep at once. */
export class Alarm {
  private readonly pace: Pace;
  private readonly signal: AbortSignal;
  private bell = new AbortController();

  constructor(pace: Pace, signal: AbortSignal) {
    this.pace = pace;
    this.signal = signal;
  }

  ring(): void {
    this.bell.abort();
  }

  /** Sleeps; true when it was rung. */
  async sleep(ms: number): Promise<boolean> {
    const { signal } = this.bell;
    if (!signal.aborted) await this.pace.sleep(ms, AbortSignal.any([signal, this.signal]));
    if (!signal.aborted) return false;
    this.bell = new AbortController();
    return true;
  }
}
