import { abortError } from './connection-error.js';

/**
 * Waits; `Infinity` waits for the signal.
 *
 * @throws CliError `aborted`
 */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(abortError(signal));
    };
    const done = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    if (signal.aborted) return reject(abortError(signal));
    const timer = ms === Infinity ? setInterval(() => {}, 60_000) : setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
