import { sleep } from '../timers/timers.js';

/** Time and chance, as the retry layer needs them; tests bring their own. */
export interface Pace {
  /** Milliseconds from some fixed point; never runs backwards. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

/** The machine's own clock and dice. */
export const realPace: Pace = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep,
};

// More is longer than anybody waits; at 1024 the factor is infinite, and a first pause of 0 no number any more.
const mostDoublings = 62;

/** Milliseconds before retry number `attempt` (from 0): doubling up to the maximum, 20 % either way (KIP-580). */
export function backoffMs(attempt: number, first: number, maximum: number, random: number): number {
  return Math.min(maximum, first * 2 ** Math.min(attempt, mostDoublings)) * (0.8 + 0.4 * random);
}
