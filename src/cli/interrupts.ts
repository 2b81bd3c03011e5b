import { exitCodes } from './exit.js';

export interface Interrupts {
  /** Aborted by the first signal; its reason is the signal's name. */
  readonly signal: AbortSignal;
  readonly received: NodeJS.Signals | undefined;
  stop(): void;
}

/** Turns the first SIGINT, SIGTERM or SIGHUP into an abort; a second one ends the process at once. */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (received !== undefined) {
      // Asked twice: whatever the first one is waiting for is not coming.
      process.removeAllListeners(name);
      process.kill(process.pid, name);
      return;
    }
    received = name;
    process.exitCode = name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    controller.abort(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    get received() {
      return received;
    },
    stop: () => {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
