import type { Wait } from '../client/waits.js';
import { every, type Timer } from '../timers/timers.js';

// Long enough for a broker that restarts its listener or a name that is slow; with the pause between two looks, told within 5 s.
const patienceMs = 3400;
const lookMs = 1000;
// Between two attempts nothing may be under way.
const missesAllowed = 2;

interface Outage {
  wait: Wait;
  readonly since: number;
  isTold: boolean;
  misses: number;
}

export interface OutageOptions {
  /** Everything that is waited for now. */
  readonly current: () => readonly Wait[];
  readonly say: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly schedule?: (ms: number, task: () => void) => Timer;
}

/** Tells what a run waits for that takes long, since when and why, and when it is over: looks once a second, while there is a run. */
export class OutageNotices {
  private readonly options: OutageOptions;
  private readonly outages = new Map<string, Outage>();
  private readonly timer: Timer;

  constructor(options: OutageOptions) {
    this.options = options;
    const schedule = options.schedule ?? ((ms, task) => every(ms, task, { background: true }));
    this.timer = schedule(lookMs, () => this.look());
  }

  stop(): void {
    this.timer.cancel();
  }

  /** What is waited for now and has been for more than a moment, the longest first; `undefined` where that is nothing. */
  describe(): string | undefined {
    this.note();
    const [longest] = [...this.outages.values()].filter(({ misses }) => misses === 0).sort((a, b) => a.since - b.since);
    if (longest === undefined || this.options.now() - longest.since < lookMs) return undefined;
    return sentence(longest);
  }

  private look(): void {
    this.note();
    const now = this.options.now();
    for (const [key, outage] of this.outages) {
      if (outage.misses > 0) this.missed(key, outage, now);
      else if (!outage.isTold && now - outage.since >= patienceMs) {
        outage.isTold = true;
        this.options.say(sentence(outage));
      }
    }
  }

  private note(): void {
    const now = this.options.now();
    const waits = new Map(this.options.current().map((wait) => [wait.key, wait]));
    for (const [key, outage] of this.outages) if (!waits.has(key)) outage.misses++;
    for (const [key, wait] of waits) {
      const known = this.outages.get(key);
      if (known === undefined) this.outages.set(key, { wait, since: now - wait.forMs, isTold: false, misses: 0 });
      else Object.assign(known, { wait, misses: 0 });
    }
  }

  private missed(key: string, { wait, since, isTold, misses }: Outage, now: number): void {
    const isBack = wait.isBack();
    if (misses < missesAllowed && !isBack) return;
    this.outages.delete(key);
    const end = isBack ? wait.back : 'is no longer waited for';
    if (isTold) this.options.say(`${wait.what} ${end}, after ${Math.max(1, Math.round((now - since) / 1000))} s`);
  }
}

function sentence({ wait, since }: Outage): string {
  return `waiting for ${wait.what} since ${new Date(since).toISOString()}: ${wait.why}`;
}
