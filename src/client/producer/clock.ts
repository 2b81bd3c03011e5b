import { after } from '../../timers/timers.js';

/** Time as the producer needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds from some fixed point; never runs backwards. */
  now(): number;
  /** Runs `task` once after `ms`, unless the returned function is called first. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own clock. */
export const machineClock: Clock = {
  now: () => performance.now(),
  after(ms, task) {
    const timer = after(ms, task);
    return () => timer.cancel();
  },
};
