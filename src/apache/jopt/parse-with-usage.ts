import { OptionError, type OptionSpec } from './option-spec.js';
import type { OptionSet } from './option-set.js';
import { parseOptions } from './parse-options.js';
import { UsageError } from './usage-error.js';

/**
 * Parses a command line for a tool that shows the table of its options with what the parser refuses.
 *
 * @throws UsageError with the parser's message
 */
export function parseWithUsage(specs: readonly OptionSpec[], argv: readonly string[]): OptionSet {
  try {
    return parseOptions(specs, argv);
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.message, specs) : error;
  }
}
