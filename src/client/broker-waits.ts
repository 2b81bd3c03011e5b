import { type Address, formatAddress } from '../core/address.js';
import type { Transport } from './transport.js';
import type { Wait } from './waits.js';

/** One attempt to open a connection that is under way. */
export interface Attempt {
  readonly name: string;
  readonly since: number;
  /** Once it is connected, and before the broker has said what it speaks. */
  transport: Transport | undefined;
}

interface Failing {
  readonly since: number;
  lastAt: number;
  reason: string;
}

// Whoever needs a broker tries again within a second or two.
const attemptsMs = 3000;
/** Brokers that are well answer sooner. */
export const silentMs = 1000;

/** Which brokers are waited for: those that cannot be reached, take connections and say nothing, owe an answer, or throttle us. */
export class BrokerWaits {
  private readonly attempts = new Set<Attempt>();
  private readonly failing = new Map<string, Failing>();
  private readonly transports: () => Iterable<Transport>;

  /** @param transports those that are open */
  constructor(transports: () => Iterable<Transport>) {
    this.transports = transports;
  }

  begin(address: Address): Attempt {
    const attempt = { name: formatAddress(address), since: performance.now(), transport: undefined };
    this.attempts.add(attempt);
    return attempt;
  }

  /** What an attempt came to; `failure` absent where the broker was reached, or the attempt was needless. */
  end(attempt: Attempt, failure?: Error): void {
    this.attempts.delete(attempt);
    if (failure === undefined) return void this.failing.delete(attempt.name);
    const reason = failure.message;
    const lastAt = performance.now();
    const known = this.failing.get(attempt.name);
    if (known === undefined) this.failing.set(attempt.name, { since: attempt.since, lastAt, reason });
    else Object.assign(known, { lastAt, reason });
  }

  *list(now: number): Generator<Wait> {
    for (const [name, { since, lastAt, reason }] of this.failing) {
      // A failure that nobody repeats: another broker has taken its place.
      const isTried = now - lastAt < attemptsMs || [...this.attempts].some((attempt) => attempt.name === name);
      if (isTried) yield this.wait(name, now - since, reason);
    }
    for (const { name, since, transport } of this.attempts) {
      if (transport === undefined) yield this.wait(name, now - since, `cannot connect to ${name}: no answer yet`);
      else yield* this.silence(transport, now);
    }
    for (const transport of this.transports()) {
      yield* this.silence(transport, now);
      yield* transport.throttling.list(transport.address, now);
    }
  }

  private *silence(transport: Transport, now: number): Generator<Wait> {
    const silence = transport.silence(now);
    if (silence === undefined || silence.forMs < silentMs) return;
    const { address } = transport;
    yield this.wait(address, silence.forMs, `no answer to ${silence.request} yet`);
  }

  private wait(name: string, forMs: number, why: string): Wait {
    return { key: name, what: name, forMs, why, back: 'is back', isBack: () => this.isUp(name) };
  }

  private isUp(name: string): boolean {
    for (const transport of this.transports()) if (transport.address === name && !transport.closed) return true;
    return false;
  }
}
