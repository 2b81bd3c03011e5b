import { UsageError } from './usage-error.js';
import type { Tool } from '../tool.js';

/** A tool whose failures end with the message and its stack trace on stderr; usage errors stay what they are. */
export function traceFailures(tool: Tool): Tool {
  return async (run) => {
    try {
      return await tool(run);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const { failWithTrace } = await import('../java/fail-with-trace.js');
      return failWithTrace(run, error);
    }
  };
}
