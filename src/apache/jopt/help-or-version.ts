import { kafkaVersion } from '../kafka-version.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import type { OptionSet } from './option-set.js';
import { UsageError } from './usage-error.js';

/**
 * `--help` and `--version`, which win over everything but a parser error. The outcome to return where it was one of them.
 *
 * @throws UsageError with the description for `--help`, as Kafka's tools end with exit 1 then
 */
export function helpOrVersion(options: OptionSet, run: ToolRun, description: string): ToolOutcome | undefined {
  if (options.has('help')) throw new UsageError(description, options.specs);
  if (!options.has('version')) return undefined;
  run.out(`${kafkaVersion}\n`);
  return { exit: 0 };
}
