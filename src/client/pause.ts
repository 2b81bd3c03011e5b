import { after } from '../timers/timers.js';
import { abortError } from './connection-error.js';

/**
 * Waits; `Infinity` waits for the signal.
 *
 * @throws CliError `aborted`
 */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      timer.cancel();
      reject(abortError(signal));
    };
    const done = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    if (signal.aborted) return reject(abortError(signal));
    const timer = after(ms, done);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
