import { formatTrace, toJavaError } from '../java/java-error.js';
import { terseClass } from '../java/terse-error.js';
import type { ToolOutcome, ToolRun } from '../tool.js';

/** Ends the tool with its message, and a trace unless the failure is one that was to be expected. */
export function failOffsets(run: ToolRun, error: unknown): ToolOutcome {
  if (run.interrupts.signal.aborted) return { exit: 1 };
  const thrown = toJavaError(error);
  const trace = thrown.javaClass === terseClass ? '' : `${formatTrace(thrown)}\n`;
  run.err(`Error occurred: ${thrown.message}\n${trace}`);
  return { exit: 1 };
}
