import type { Writable } from 'node:stream';

/** Numbered lines, written to a program at a steady rate; the number stands at the end of each. */
export class PacedInput {
  written = 0;
  private readonly timer: NodeJS.Timeout;
  private readonly finished: Promise<void>;

  constructor(stdin: Writable, options: { name: string; total: number; perTick: number; tickMs: number }) {
    const { name, total, perTick, tickMs } = options;
    let finish = (): void => {};
    this.finished = new Promise((resolve) => (finish = resolve));
    this.timer = setInterval(() => {
      let text = '';
      for (let index = 0; index < perTick && this.written < total; index++) text += `${name} ${++this.written}\n`;
      stdin.write(text);
      if (this.written < total && !stdin.destroyed) return;
      clearInterval(this.timer);
      stdin.end();
      finish();
    }, tickMs);
  }

  /** Resolves when everything was written, or the program reads no more. */
  done(): Promise<void> {
    return this.finished;
  }
}
