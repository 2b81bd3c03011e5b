import type { ChalkInstance } from 'chalk';
import type { Tone } from './report.js';

export interface Theme {
  readonly title: (text: string) => string;
  readonly tone: (tone: Tone | undefined, text: string) => string;
}

const plain: Theme = { title: (text) => text, tone: (_tone, text) => text };

/** The one place where colours are chosen. */
export async function createTheme(color: boolean): Promise<Theme> {
  if (!color) return plain;
  const { Chalk } = await import('chalk');
  const chalk: ChalkInstance = new Chalk({ level: 1 });
  const tones: Record<Tone, ChalkInstance> = { good: chalk.green, warning: chalk.yellow, bad: chalk.red, dim: chalk.dim };
  return {
    title: (text) => chalk.bold(text),
    tone: (tone, text) => (tone === undefined ? text : tones[tone](text)),
  };
}

/** Whether a stream gets colours: a terminal, and neither `NO_COLOR` (any value but empty) nor `--no-color`, nor a dumb terminal. */
export function wantsColor(
  stream: { isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
  flag: boolean | undefined,
): boolean {
  if (flag === false || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}
