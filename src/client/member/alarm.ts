import type { Pace } from '../pace.js';

/** A sleep that others can cut short; a ring while nobody sleeps ends the next sleep at once. */
export class Alarm {
  private readonly pace: Pace;
  private bell = new AbortController();

  /** The end of the signal rings it for good. */
  constructor(pace: Pace, signal: AbortSignal) {
    this.pace = pace;
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    this.bell.abort();
  }

  /** Sleeps; true when it was rung. */
  async sleep(ms: number): Promise<boolean> {
    const { signal } = this.bell;
    if (!signal.aborted) await this.pace.sleep(ms, signal);
    if (!signal.aborted) return false;
    this.bell = new AbortController();
    return true;
  }
}
