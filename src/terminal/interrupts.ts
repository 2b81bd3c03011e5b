import { after } from '../timers/timers.js';
import { takeIgnoredSignals } from './ignored-signals.js';

/** What shells show for a program ended by a signal. */
const exitCodeOfSignal = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof exitCodeOfSignal;

// `timeout` and terminals send a signal to the program and to its group: the second one within moments is the same request.
const sameRequestMs = 1000;
// How long a run may take for its last words after it was told to hurry.
const lastWordsMs = 2000;

/** What ends a run early: signals, and a standard output that nobody reads any more. */
export interface Interrupts {
  /** Aborted by the first signal, whose name is the reason, or by an error of standard output. */
  readonly signal: AbortSignal;
  /** Aborted by another signal a second or more later: whoever sent it will not wait for what is still under way. */
  readonly hurry: AbortSignal;
  /** Exit code of the signal that was received. */
  readonly exitCode: number | undefined;
  stop(): void;
}

/** What {@link watchInterrupts} needs of the process; tests bring their own. */
export interface SignalSource {
  readonly env: NodeJS.ProcessEnv;
  on(name: NodeJS.Signals, listener: (name: NodeJS.Signals) => void): unknown;
  off(name: NodeJS.Signals, listener: (name: NodeJS.Signals) => void): unknown;
  /** Ends the process as the signal does where nobody listens. */
  die(name: NodeJS.Signals): void;
  readonly stdout: {
    on(event: 'error', listener: (error: Error) => void): unknown;
    off(event: 'error', listener: (error: Error) => void): unknown;
  };
  now(): number;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort, and another one a second later into haste; one more ends the process,
 * as does haste that takes too long. Signals that were ignored when the program was started stay so.
 */
export function watchInterrupts(source: SignalSource = thisProcess): Interrupts {
  const controller = new AbortController();
  const hurry = new AbortController();
  let first: { readonly name: Signal; readonly at: number } | undefined;
  let hurriedAt = Infinity;
  const onSignal = (name: NodeJS.Signals): void => {
    const now = source.now();
    if (first === undefined) {
      first = { name: name as Signal, at: now }; // listened to for these only
      controller.abort(name);
    } else if (now - first.at >= sameRequestMs && !hurry.signal.aborted) {
      hurriedAt = now;
      hurry.abort(name);
      after(lastWordsMs, () => source.die(name), { background: true });
    } else if (now - hurriedAt >= sameRequestMs) source.die(name);
  };
  const onOutputError = (error: Error): void => controller.abort(error);
  const ignored = takeIgnoredSignals(source.env);
  const names = (Object.keys(exitCodeOfSignal) as Signal[]).filter((name) => !ignored.has(name)); // keys of a constant
  for (const name of names) source.on(name, onSignal);
  // Without a listener they would end the program.
  for (const name of ignored) source.on(name as NodeJS.Signals, ignore);
  source.stdout.on('error', onOutputError);
  return {
    signal: controller.signal,
    hurry: hurry.signal,
    get exitCode() {
      return first === undefined ? undefined : exitCodeOfSignal[first.name];
    },
    stop: () => {
      source.stdout.off('error', onOutputError);
      // A request that comes twice must not cut off what the first one made the program say.
      if (first === undefined) for (const name of names) source.off(name, onSignal);
    },
  };
}

function ignore(): void {}

const thisProcess: SignalSource = {
  env: process.env,
  on: (name, listener) => process.on(name, listener),
  off: (name, listener) => process.off(name, listener),
  die: (name) => {
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  },
  stdout: process.stdout,
  now: () => performance.now(),
};
