import { stat } from 'node:fs/promises';
import { clearHome, readState, sandboxHome, withSandboxLock, type SandboxChoice } from './sandbox-state.js';
import { stopBrokers } from './stop-brokers.js';

export interface DownOptions extends SandboxChoice {
  /** Leaves the data for a later start. */
  readonly keepData?: boolean | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DownResult {
  /** Ids of the brokers that ran. */
  readonly stopped: readonly number[];
  readonly data: 'removed' | 'kept' | 'none';
}

/** Stops the sandbox in the background and removes its data; nothing running is not an error. */
export async function downSandbox(options: DownOptions): Promise<DownResult> {
  const home = sandboxHome(options);
  // Nothing is made where nothing was.
  if (!(await stat(home).catch(() => undefined))) return { stopped: [], data: 'none' };
  const onWait = (lock: string): void =>
    options.onProgress?.(`waiting for another process that starts or stops this sandbox (${lock})`);
  return withSandboxLock(home, { signal: options.signal, onWait }, async () => {
    const state = await readState(home);
    options.onProgress?.('stopping the brokers');
    const stopped = state === undefined ? [] : await stopBrokers(state.brokers);
    if (options.keepData === true && state !== undefined) return { stopped, data: 'kept' };
    await clearHome(home);
    return { stopped, data: state === undefined ? 'none' : 'removed' };
  });
}
