import type { ConnectionWatch, FailedContact } from '../client/connection-watch.js';
import { type Address, formatAddress } from '../core/address.js';
import { after, type Timer } from '../timers/timers.js';

// Long enough for a broker that restarts its listener or a name that is slow, short enough to be read before one gives up.
const patienceMs = 4000;

interface Outage {
  readonly since: number;
  lastAt: number;
  reason: string;
  isTold: boolean;
  readonly timer: Timer;
}

export interface OutageOptions {
  readonly say: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly schedule?: (ms: number, task: () => void) => Timer;
}

/** Tells that a run waits for brokers that cannot be reached, since when and why, and when one is back. */
export class OutageNotices implements ConnectionWatch {
  private readonly options: OutageOptions;
  private readonly outages = new Map<string, Outage>();

  constructor(options: OutageOptions) {
    this.options = options;
  }

  failed({ address, stage, error }: FailedContact): void {
    // What is refused for good is the end of the command, which says so itself.
    if (stage === 'refused') return;
    const name = formatAddress(address);
    const reason = error instanceof Error ? error.message : String(error);
    const now = this.options.now();
    const known = this.outages.get(name);
    if (known !== undefined) {
      known.reason = reason;
      known.lastAt = now;
      return;
    }
    const schedule = this.options.schedule ?? ((ms, task) => after(ms, task, { background: true }));
    const timer = schedule(patienceMs, () => this.tell(name));
    this.outages.set(name, { since: now, lastAt: now, reason, isTold: false, timer });
  }

  opened(address: Address): void {
    const name = formatAddress(address);
    const outage = this.outages.get(name);
    this.outages.delete(name);
    outage?.timer.cancel();
    if (outage?.isTold !== true) return;
    const seconds = Math.max(1, Math.round((this.options.now() - outage.since) / 1000));
    this.options.say(`${name} is back, after ${seconds} s`);
  }

  private tell(name: string): void {
    const outage = this.outages.get(name);
    if (outage === undefined) return;
    if (outage.lastAt === outage.since) {
      // Nobody has tried again: another broker has taken its place.
      this.outages.delete(name);
      return;
    }
    outage.isTold = true;
    const since = new Date(outage.since).toISOString();
    this.options.say(`waiting for ${name} since ${since}: ${outage.reason}`);
  }
}
