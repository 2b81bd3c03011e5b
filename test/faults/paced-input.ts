import type { Writable } from 'node:stream';

/** Numbered lines, written to a program at a steady rate until told to end; the number stands at the end of each. */
export class PacedInput {
  written = 0;
  private readonly stdin: Writable;
  private readonly timer: NodeJS.Timeout;

  constructor(stdin: Writable, options: { name: string; perTick: number; tickMs: number }) {
    const { name, perTick, tickMs } = options;
    this.stdin = stdin;
    this.timer = setInterval(() => {
      if (stdin.destroyed) return clearInterval(this.timer);
      let text = '';
      for (let index = 0; index < perTick; index++) text += `${name} ${++this.written}\n`;
      stdin.write(text);
    }, tickMs);
  }

  /** Writes no more, and says so to the program. */
  end(): void {
    clearInterval(this.timer);
    this.stdin.end();
  }
}
