import { checkInvalid, checkRequired } from '../jopt/check-arguments.js';
import { OptionError } from '../jopt/option-spec.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import { dependentOptions, scenarios } from './option-table.js';

const actions = ['list', 'describe', 'delete', 'reset-offsets', 'delete-offsets', 'validate-regex'] as const;

/** What the tool is asked to do. */
export type Action = (typeof actions)[number];

// The last release that takes a reset without either flag for a dry run will be before this one.
const noActionWarning =
  'WARN: No action will be performed as the --execute option is missing. In version 5.0, this command will require either --dry-run or --execute to be specified. You should add the --dry-run option explicitly if you are scripting this command and want to keep the current default behavior without prompting.';

/**
 * What jopt-simple refuses at the end of parsing: options without those that they belong to.
 *
 * @throws OptionError naming all of them
 */
export function checkAvailable(options: OptionSet): void {
  if (options.has('help') || options.has('version')) return;
  const unavailable = Object.entries(dependentOptions)
    .filter(([name, others]) => options.has(name) && !others.some((other) => options.has(other)))
    .map(([name]) => name)
    .sort();
  if (unavailable.length === 0) return;
  throw new OptionError(
    'UnavailableOptionException',
    `Option(s) [${unavailable.join(', ')}] are unavailable given other options on the command line`,
  );
}

/**
 * Checks options against each other, in the order in which Kafka's tool does.
 *
 * @param warn takes a line that is printed although the command goes on
 * @throws UsageError
 */
export function checkOptions(options: OptionSet, warn: (line: string) => void): Action {
  if (!options.has('validate-regex')) {
    checkRequired(options, 'bootstrap-server');
    checkDescribe(options);
    checkDelete(options);
    checkReset(options, warn);
    checkInvalid(options, 'group', 'all-groups');
    checkInvalid(options, 'group', 'list');
    checkInvalid(options, 'topic', ...(['list', 'describe'] as const));
  }
  const [action, ...others] = actions.filter((name) => options.has(name));
  if (action !== undefined && others.length === 0) return action;
  const names = actions.map((name) => `--${name}`).join(', ');
  throw new UsageError(`Command must include exactly one action: ${names}`, options.specs);
}

function checkDescribe(options: OptionSet): void {
  if (!options.has('describe')) return;
  requireGroups(options, 'describe');
  const reports = ['members', 'offsets', 'state'];
  if (reports.filter((name) => options.has(name)).length > 1) {
    throw new UsageError(
      `Option [describe] takes at most one of these options: ${reports.map((name) => `[${name}]`).join(', ')}`,
      options.specs,
    );
  }
  if (options.has('state') && options.text('state') !== undefined)
    throw new UsageError('Option [describe] does not take a value for [state]', options.specs);
}

function checkDelete(options: OptionSet): void {
  if (options.has('delete')) {
    requireGroups(options, 'delete');
    if (options.has('topic')) {
      const message = 'The consumer does not support topic-specific offset deletion from a consumer group.';
      throw new UsageError(message, options.specs);
    }
  }
  if (options.has('delete-offsets') && !(options.has('group') && options.has('topic')))
    throw new UsageError('Option [delete-offsets] takes the following options: [group], [topic]', options.specs);
}

function checkReset(options: OptionSet, warn: (line: string) => void): void {
  if (!options.has('reset-offsets')) return;
  const isDryRun = options.has('dry-run');
  const isExecuted = options.has('execute');
  if (isDryRun && isExecuted)
    throw new UsageError('Option [reset-offsets] only accepts one of [execute] and [dry-run]', options.specs);
  if (!isDryRun && !isExecuted) warn(noActionWarning);
  requireGroups(options, 'reset-offsets');
  const looked = [
    'to-offset',
    'to-datetime',
    'by-duration',
    'to-earliest',
    'to-latest',
    'to-current',
    'shift-by',
    'from-file',
  ] as const satisfies readonly (typeof scenarios)[number][];
  for (const used of looked) {
    checkInvalid(options, used, ...scenarios.filter((name) => name !== used));
  }
}

function requireGroups(options: OptionSet, action: Action): void {
  if (options.has('group') || options.has('all-groups')) return;
  throw new UsageError(`Option [${action}] takes one of these options: [group], [all-groups]`, options.specs);
}
