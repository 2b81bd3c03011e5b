import { expect, inject } from 'vitest';
import { runKafkit, type KafkitOptions } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';

/** Runs `kafkit console ...` on the shared broker. */
export function runConsole(args: readonly string[], options: KafkitOptions = {}): Promise<ProcessOutcome> {
  return runKafkit(['console', ...args, '-b', inject('bootstrap')], options);
}

/** Runs `console produce` on the shared broker with these bytes as its input. */
export function produceTo(topic: string, stdin: KafkitOptions['stdin'], ...flags: readonly string[]): Promise<ProcessOutcome> {
  return runConsole(['produce', topic, ...flags], { stdin });
}

const cluster = 'cluster [\\w-]{22} at \\S+ \\(from --bootstrap-server\\)\\n';

/** The whole of stderr where a run ends with this account. */
export function saying(account: string): string {
  return expect.stringMatching(new RegExp(`^${cluster}${escaped(account)}$`)) as string;
}

/** The whole of stderr where a run fails: the error, and as its last line the account. */
export function failing(error: string, account: string): string {
  return expect.stringMatching(new RegExp(`^error: ${escaped(error)}\n${cluster}${escaped(account)}\n$`)) as string;
}

function escaped(text: string): string {
  return text.replace(/[.*+?()[\]]/g, '\\$&');
}

/** Everything in a topic, as `console consume` prints it with these flags. */
export async function readAll(topic: string, ...flags: readonly string[]): Promise<string> {
  const outcome = await runConsole(['consume', topic, '--from-beginning', '--exit-at-end', ...flags]);
  if (outcome.code !== 0) throw new Error(`console consume ended with ${String(outcome.code)}: ${outcome.stderr}`);
  return outcome.stdout;
}

/** Everything in a topic, from the JSON lines. */
export async function readRecords(topic: string, ...flags: readonly string[]): Promise<ConsumedRecord[]> {
  const text = await readAll(topic, '-o', 'jsonl', ...flags);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ConsumedRecord); // the shape under test; assertions look at its members
}

/** One JSON line of `console consume`. */
export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number | null;
  readonly timestampType: string | null;
  readonly key: string | null;
  readonly value: string | null;
  readonly keyBase64?: string;
  readonly valueBase64?: string;
  readonly headers: readonly { key: string; value?: string | null; valueBase64?: string }[];
}
