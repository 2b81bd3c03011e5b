/** What shells show for a program ended by a signal; a terminal that goes away counts as being asked to end. */
const exitCodeOfSignal = { SIGINT: 130, SIGTERM: 143, SIGHUP: 143 } as const;
type Signal = keyof typeof exitCodeOfSignal;

/** What ends a run early: signals, and a standard output that nobody reads any more. */
export interface Interrupts {
  /** Aborted by the first signal, whose name is the reason, or by an error of standard output. */
  readonly signal: AbortSignal;
  /** Exit code of the signal that was received. */
  readonly exitCode: number | undefined;
  stop(): void;
}

/** Turns the first SIGINT, SIGTERM or SIGHUP into an abort; a second one ends the process at once. */
export function watchInterrupts(): Interrupts {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const onSignal = (name: Signal): void => {
    if (exitCode !== undefined) {
      // Asked twice: whatever the first one is waiting for is not coming.
      process.removeAllListeners(name);
      process.kill(process.pid, name);
      return;
    }
    exitCode = exitCodeOfSignal[name];
    controller.abort(name);
  };
  const onOutputError = (error: Error): void => controller.abort(error);
  const names = Object.keys(exitCodeOfSignal) as Signal[]; // keys of a constant
  for (const name of names) process.on(name, onSignal);
  process.stdout.on('error', onOutputError);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop: () => {
      for (const name of names) process.off(name, onSignal);
      process.stdout.off('error', onOutputError);
    },
  };
}
