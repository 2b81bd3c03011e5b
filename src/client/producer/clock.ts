/** Time as the producer needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds from some fixed point; never runs backwards. */
  now(): number;
  /** Runs `task` once after `ms`, unless the returned function is called first. */
  after(ms: number, task: () => void): () => void;
}

// Node runs a timer beyond this at once.
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export const machineClock: Clock = {
  now: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(ms, longestTimerMs));
    return () => clearTimeout(timer);
  },
};
