import type { Random } from '../random.js';
import type { FaultRun } from '../run-batch.js';
import type { Trial } from './trial.js';

/** After so many attempts a pair that was never found at work is given up, and named at the end. */
const mostAttempts = 3;

/** Which scenarios each trial has found at work; chooses what to run next. */
export class Coverage {
  private readonly states: { readonly trial: Trial; readonly missing: Set<string>; attempts: number }[];
  private readonly random: Random;
  private readonly pairs: number;
  private counted = 0;

  constructor(trials: readonly Trial[], random: Random) {
    this.random = random;
    this.states = trials.map((trial) => ({ trial, missing: new Set(trial.scenarios), attempts: 0 }));
    this.pairs = trials.reduce((total, { scenarios }) => total + scenarios.length, 0);
  }

  /** One that was run least often, of those with scenarios not found at work yet where there are such. */
  next(): Trial {
    const lacking = this.states.filter(({ missing, attempts }) => missing.size > 0 && attempts < mostAttempts);
    const chosen = lacking.length > 0 ? lacking : this.states;
    const fewest = Math.min(...chosen.map(({ attempts }) => attempts));
    return this.random.pick(chosen.filter(({ attempts }) => attempts === fewest)).trial;
  }

  note(trial: Trial, runs: readonly FaultRun[]): void {
    this.counted += runs.length;
    const state = this.states.find((one) => one.trial === trial);
    if (state === undefined) return;
    state.attempts++;
    for (const { scenario } of runs) state.missing.delete(scenario);
  }

  /** Enough has counted, and every pair was hit, unless so few runs were asked for that most pairs are left out. */
  isDone(wanted: number): boolean {
    if (this.counted < wanted) return false;
    return wanted < this.pairs / 2 || this.states.every(({ missing, attempts }) => missing.size === 0 || attempts >= mostAttempts);
  }

  /** Pairs that were never hit, in words. */
  missing(): string[] {
    return this.states.flatMap(({ trial, missing }) => [...missing].map((scenario) => `${scenario} | ${trial.fault}`));
  }
}
