import { checkInvalid, checkRequired } from '../jopt/check-arguments.js';
import { OptionError } from '../jopt/option-spec.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import type { ToolRun } from '../tool.js';
import { type Action, actions } from './options.js';

/** The four flags of `--describe` that pick partitions; they may stand together. */
export const reportFlags = [
  'under-replicated-partitions',
  'under-min-isr-partitions',
  'at-min-isr-partitions',
  'unavailable-partitions',
] as const;

/**
 * The action of a command line whose options go together, checked in the order of Kafka's tool.
 *
 * @throws UsageError, or OptionError for a missing bootstrap server, which that tool treats as a mistake of its own kind
 */
export function checkTopicsOptions(options: OptionSet, run: ToolRun): Action {
  const [action, second] = actions.filter((name) => options.has(name));
  if (action === undefined || second !== undefined) {
    throw new UsageError(
      'Command must include exactly one action: --list, --describe, --create, --alter or --delete',
      options.specs,
    );
  }
  if (options.has('delete-config')) run.err(`${deleteConfigNotice}\n`);
  requireOptions(options, action, run);
  refusePairs(options);
  return action;
}

const deleteConfigNotice =
  'delete-config option is no longer supported and deprecated since version 4.0. The config will be fully removed in future releases.';
const bothGiven = 'Only topic id will be used when both --topic and --topic-id are specified and topicId is not Uuid.ZERO_UUID';

function requireOptions(options: OptionSet, action: Action, run: ToolRun): void {
  if (!options.has('bootstrap-server')) {
    throw new OptionError('java.lang.IllegalArgumentException', '--bootstrap-server must be specified');
  }
  if (action === 'describe' && options.has('if-exists')) {
    if (!options.has('topic') && !options.has('topic-id')) {
      throw new UsageError('--topic or --topic-id is required to describe a topic', options.specs);
    }
    if (options.has('topic') && options.has('topic-id')) run.out(`${bothGiven}\n`);
  }
  if (action !== 'list' && action !== 'describe') checkRequired(options, 'topic');
  if (action !== 'alter') return;
  if (options.has('config')) {
    const text = `Option combination "[[bootstrap-server], [config]]" can't be used with option "[alter]"`;
    throw new UsageError(`${text} (To alter topic configurations, the kafka-configs tool can be used.)`, options.specs);
  }
  checkRequired(options, 'partitions');
}

function refusePairs(options: OptionSet): void {
  // All actions but those an option goes with.
  const without = (...allowed: Action[]): string[] => actions.filter((action) => !allowed.includes(action));
  checkInvalid(options, 'config', ...without('alter', 'create'));
  checkInvalid(options, 'partitions', ...without('alter', 'create'));
  checkInvalid(options, 'replication-factor', ...without('create'));
  checkInvalid(options, 'replica-assignment', ...without('alter', 'create'));
  if (options.has('create')) checkInvalid(options, 'replica-assignment', 'partitions', 'replication-factor');
  for (const flag of reportFlags) checkInvalid(options, flag, ...without('describe'), 'topics-with-overrides');
  checkInvalid(options, 'topics-with-overrides', ...without('describe'), ...reportFlags);
  checkInvalid(options, 'if-exists', ...without('alter', 'delete', 'describe'));
  checkInvalid(options, 'if-not-exists', ...without('create'));
  checkInvalid(options, 'exclude-internal', ...without('list', 'describe'));
}
