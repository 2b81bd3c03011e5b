import type { Ora } from 'ora';
import { after, type Timer } from '../timers/timers.js';

// Shorter waits are over before a spinner could be read.
const delayMs = 400;

/** What a person sees while a command waits. */
export interface Progress {
  /** Says what is being done, once it takes noticeable time; replaces what was said before. */
  show(message: string): void;
  /** Takes the spinner off the screen. */
  clear(): void;
}

/** A spinner on stderr; nothing where stderr is not a terminal. */
export function startProgress(): Progress {
  let text: string | undefined;
  let spinner: Ora | undefined;
  let timer: Timer | undefined;
  const start = async (): Promise<void> => {
    const { default: ora } = await import('ora');
    // Cleared while ora was loading: there is nothing left to show.
    if (text !== undefined) spinner ??= ora({ text, stream: process.stderr, discardStdin: false }).start();
  };
  return {
    show(message) {
      // A terminal of no width makes the spinner clear lines for ever.
      if (!process.stderr.isTTY || process.stderr.columns === 0) return;
      text = message;
      if (spinner !== undefined) spinner.text = message;
      else timer ??= after(delayMs, () => void start(), { background: true });
    },
    clear() {
      text = undefined;
      timer?.cancel();
      timer = undefined;
      spinner?.stop();
      spinner = undefined;
    },
  };
}
