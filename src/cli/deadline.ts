import { CliError } from '../core/errors.js';
import { after, type Timer } from '../timers/timers.js';

// How long a handler may still take to say what it had done when the time ran out.
const graceMs = 2000;

/** The end of a run's time, set by `--timeout`. */
export interface Deadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** Rejects with {@link error} a grace period after the abort: work that does not listen cannot hold the program. */
  readonly expired: Promise<never>;
  readonly error: CliError;
  remainingMs(): number;
  stop(): void;
}

/** @throws CliError `usage` where the text is not a duration */
export async function startDeadline(timeout: string): Promise<Deadline> {
  const { parseDuration } = await import('./duration.js');
  const milliseconds = parseDuration(timeout, '--timeout');
  const error = new CliError('timeout', `not done within ${timeout}`, {
    hint: 'give it longer with --timeout, or see --debug for what it waits for',
  });
  const controller = new AbortController();
  const end = performance.now() + milliseconds;
  let timer: Timer;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = after(milliseconds, () => {
      controller.abort(error);
      timer = after(graceMs, () => reject(error));
    });
  });
  return {
    signal: controller.signal,
    expired,
    error,
    remainingMs: () => Math.max(0, end - performance.now()),
    stop: () => timer.cancel(),
  };
}
