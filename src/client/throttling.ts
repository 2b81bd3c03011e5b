import type { Wait } from './waits.js';

// A throttled request comes, and is throttled again, well within that.
const sameMs = 1000;

/** How long a broker lets us wait by a quota (KIP-219); one throttle that follows on another is the same wait. */
export class Throttling {
  private since = 0;
  private until = -Infinity;

  /** The broker has said so. */
  note(ms: number, now: number): void {
    if (now > this.until + sameMs) this.since = now;
    this.until = Math.max(this.until, now + ms);
  }

  /** When the broker answers again. */
  get end(): number {
    return this.until;
  }

  *list(address: string, now: number): Generator<Wait> {
    const leftMs = this.until - now;
    if (leftMs <= 0) return;
    const why = `it throttles us by a quota, for another ${Math.max(1, Math.round(leftMs / 1000))} s`;
    const forMs = now - this.since;
    yield { key: `throttle ${address}`, what: address, forMs, why, back: 'throttles us no longer', isBack: () => true };
  }
}
