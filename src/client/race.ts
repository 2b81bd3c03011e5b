import { after, type Timer } from '../timers/timers.js';
import { toError } from './to-error.js';

/** One candidate of a race and why it lost. */
export interface Loss<C> {
  readonly candidate: C;
  readonly cause: unknown;
}

/** Every candidate failed. */
export class RaceLost<C> extends Error {
  readonly losses: readonly Loss<C>[];

  constructor(losses: readonly Loss<C>[]) {
    super('every attempt failed');
    this.losses = losses;
  }
}

export interface RaceOptions<T> {
  /** A candidate that is silent for this many milliseconds gets company; one that fails is followed at once. */
  readonly staggerMs: number;
  readonly signal: AbortSignal;
  /** Failures that no other candidate can mend end the race. */
  isFinal(cause: unknown): boolean;
  /** Frees a result that came after the winner's. */
  discard(result: T): void;
}

/**
 * Tries candidates in order until one succeeds; the others are aborted.
 *
 * @throws RaceLost with all causes; a final cause; the signal's reason
 */
export function race<C, T>(
  candidates: readonly C[],
  attempt: (candidate: C, signal: AbortSignal) => Promise<T>,
  options: RaceOptions<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    const stop = new AbortController();
    const losses: Loss<C>[] = [];
    let next = 0;
    let timer: Timer | undefined;

    const finish = (settle: () => void): void => {
      timer?.cancel();
      signal.removeEventListener('abort', onAbort);
      settle();
      stop.abort(signal.aborted ? signal.reason : new Error('another attempt was faster'));
    };
    const onAbort = (): void => finish(() => reject(toError(signal.reason)));
    const lose = (candidate: C, cause: unknown): void => {
      if (stop.signal.aborted) return;
      losses.push({ candidate, cause });
      if (options.isFinal(cause)) finish(() => reject(toError(cause)));
      else if (losses.length === candidates.length) finish(() => reject(new RaceLost(losses)));
      else start();
    };
    const win = (result: T): void => {
      if (stop.signal.aborted) options.discard(result);
      else finish(() => resolve(result));
    };
    const start = (): void => {
      timer?.cancel();
      const candidate = candidates[next];
      if (candidate === undefined) return;
      next += 1;
      if (next < candidates.length) timer = after(options.staggerMs, start);
      attempt(candidate, stop.signal).then(win, (cause: unknown) => lose(candidate, cause));
    };

    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    if (candidates.length === 0) return finish(() => reject(new RaceLost(losses)));
    start();
  });
}
