import { after } from '../timers/timers.js';
import { toError } from './to-error.js';
import { abortError, ConnectionError } from './connection-error.js';

export interface WaitLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for shared work no longer than one caller wants to; the work itself goes on for the others.
 *
 * @throws ConnectionError `timeout` naming `what`; CliError `aborted`; whatever the work fails with
 */
export function within<T>(work: Promise<T>, { timeoutMs, signal }: WaitLimits, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
      then();
    };
    const onAbort = (): void => {
      if (signal !== undefined) settle(() => reject(abortError(signal, `still ${what}`, false)));
    };
    const onTimeout = (): void => {
      const text = `${what}: no answer within ${Math.round(timeoutMs)} ms`;
      settle(() => reject(new ConnectionError('timeout', text, { address: what, sent: false })));
    };
    const timer = after(timeoutMs, onTimeout);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(toError(error))),
    );
  });
}
