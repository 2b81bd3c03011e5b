import { bootstrapProblem } from '../bootstrap-list.js';
import { checkRequired } from '../jopt/check-arguments.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import type { ToolRun } from '../tool.js';

const renamed = [
  ['producer.config', 'command-config'],
  ['producer-property', 'command-property'],
  ['property', 'reader-property'],
] as const;

/**
 * Looks at the command line in the order in which Kafka does, and tells of old names on stdout.
 *
 * @throws UsageError, OptionError
 */
export function checkCommandLine(run: ToolRun, options: OptionSet): void {
  checkRequired(options, 'topic');
  for (const [old, present] of renamed) {
    if (!options.has(old) || !options.has(present)) continue;
    throw new UsageError(`Options --${present} and --${old} cannot be specified together.`, options.specs);
  }
  for (const [old, present] of [renamed[1], renamed[0], renamed[2]]) {
    if (options.has(old))
      run.out(`Warning: --${old} is deprecated and will be removed in a future version. Use --${present} instead.\n`);
  }
  if (options.has('max-partition-memory-bytes')) {
    run.out(
      'Warning: --max-partition-memory-bytes is deprecated and will be removed in Apache Kafka 5.0. Use --batch-size instead.\n',
    );
  }
  const problem = bootstrapProblem(options.text('bootstrap-server'));
  if (problem !== undefined) throw new UsageError(problem, options.specs);
}
