import type { ToolOutcome, ToolRun } from '../tool.js';
import { formatTrace, toJavaError } from './java-error.js';

/** Ends a tool as most of Kafka's do: the message, then the stack trace with an empty line, on stderr. */
export function failWithTrace(run: ToolRun, error: unknown): ToolOutcome {
  // A signal ends the run by its own exit code, without a word.
  if (run.interrupts.signal.aborted) return { exit: 1 };
  const thrown = toJavaError(error);
  run.err(`${thrown.message}\n${formatTrace(thrown)}\n`);
  return { exit: 1 };
}
