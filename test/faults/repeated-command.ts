import type { ProcessOutcome } from '../e2e/fixture/run-process.js';
import { commandTimeoutMs, graceMs, type World } from './world.js';

/** A command that ran while the fault struck. */
export interface StruckRun {
  readonly turn: number;
  readonly outcome: ProcessOutcome;
  /** Milliseconds that it took longer than the one before it, which nothing disturbed. */
  readonly lateMs: number;
}

/** Runs a short command again and again, each time a little different, until one of them was running when the fault struck. */
export class RepeatedCommand {
  private readonly world: World;
  private readonly argsOf: (turn: number) => readonly string[];
  private struckAt: number | undefined;
  private turn = 0;
  private isBusy = false;
  private readonly done: Promise<StruckRun>;
  /** What went wrong before anything struck. */
  calmFailure: string | undefined;
  peakMiB = 0;

  constructor(world: World, argsOf: (turn: number) => readonly string[]) {
    this.world = world;
    this.argsOf = argsOf;
    this.done = this.run();
    this.done.catch(() => {}); // told by `struck`
  }

  /** At least one run is over, and another is under way. */
  get isInFlight(): boolean {
    return this.turn > 1 && this.isBusy;
  }

  strike(): void {
    this.struckAt = performance.now();
  }

  /** The run that was struck; rejects when it hung. */
  get struck(): Promise<StruckRun> {
    return this.done;
  }

  private async run(): Promise<StruckRun> {
    for (let calmMs = 0; ;) {
      const turn = ++this.turn;
      const startedAt = performance.now();
      this.isBusy = true;
      const args = [...this.argsOf(turn), '--timeout', `${commandTimeoutMs}ms`, '-o', 'json'];
      const client = await this.world.startKafkit(args, commandTimeoutMs + graceMs);
      client.running.stdin.end();
      const outcome = await client.outcome;
      this.isBusy = false;
      this.peakMiB = Math.max(this.peakMiB, client.peakMiB);
      const tookMs = performance.now() - startedAt;
      // A fault takes a moment to be felt, so the run after the moment itself counts, too, where it is cut short.
      if (this.struckAt !== undefined) return { turn, outcome, lateMs: Math.max(0, tookMs - calmMs) };
      calmMs = tookMs;
      if (outcome.code !== 0) this.calmFailure ??= outcome.stderr;
    }
  }
}
