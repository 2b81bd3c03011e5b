/** A timer that has not run out. */
export interface Timer {
  /** Nothing happens any more; harmless where it has happened already. */
  cancel(): void;
}

export interface TimerOptions {
  /** The program may end before the timer does. */
  readonly background?: boolean;
}

/** What the machine brings for keeping time; tests bring their own. */
export interface Clockwork {
  /** Milliseconds from some fixed point; never runs backwards. */
  now(): number;
  /** Runs `task` once after `ms`, at most {@link longestTimerMs}; the returned function stops it. */
  start(ms: number, task: () => void, background: boolean): () => void;
}

/** Node's timers count in 31 bits: one that is longer runs out at once, with a warning on stderr. */
export const longestTimerMs = 2 ** 31 - 1;

/** The machine's own. */
export const machineClockwork: Clockwork = {
  now: () => performance.now(),
  start(ms, task, background) {
    // Node cuts off fractions, and a wait must not be over before its time.
    const timer = setTimeout(task, Math.ceil(ms));
    if (background) timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * Runs `task` once after `ms`: of any length, `Infinity` for never, below 0 as soon as possible. Every timer of the program is
 * made in this file, since the time that a user names, or a sum of such times, may be longer than Node's timers can be.
 *
 * @throws RangeError where `ms` is not a number: a wait of unknown length must not pass for none at all
 */
export function after(
  ms: number,
  task: () => void,
  { background = false }: TimerOptions = {},
  clockwork: Clockwork = machineClockwork,
): Timer {
  if (Number.isNaN(ms)) throw new RangeError('a timer needs a number of milliseconds');
  const rest = Math.max(0, ms);
  if (rest <= longestTimerMs) return { cancel: clockwork.start(rest, task, background) };
  // Every leg is measured against the same end, so that their inaccuracies do not add up.
  const end = clockwork.now() + rest;
  let cancel = (): void => {};
  const startLeg = (left: number): void => {
    const isLast = left <= longestTimerMs;
    cancel = clockwork.start(isLast ? left : longestTimerMs, isLast ? task : next, background);
  };
  const next = (): void => startLeg(Math.max(0, end - clockwork.now()));
  startLeg(rest);
  return { cancel: () => cancel() };
}

/** Runs `task` every `ms`, at least 1, until cancelled. A task that takes long delays the next one and loses none in between. */
export function every(ms: number, task: () => void, options: TimerOptions = {}, clockwork: Clockwork = machineClockwork): Timer {
  const interval = Math.max(1, ms);
  let timer: Timer;
  const next = (): void => {
    start();
    task();
  };
  const start = (): void => {
    timer = after(interval, next, options, clockwork);
  };
  start();
  return { cancel: () => timer.cancel() };
}

/** Resolves after `ms`, or as soon as the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = (): void => {
      timer.cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = after(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** A signal that is aborted after `ms`, as `AbortSignal.timeout()` makes it: the program does not stay for it. */
export function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  const onTimeout = (): void => controller.abort(new DOMException('the time is over', 'TimeoutError'));
  after(ms, onTimeout, { background: true });
  return controller.signal;
}
