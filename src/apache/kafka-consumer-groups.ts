import { helpOrVersion } from './jopt/help-or-version.js';
import { OptionError } from './jopt/option-spec.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import { checkAvailable, checkOptions, type Action } from './kafka-consumer-groups/check-options.js';
import type { GroupsRun } from './kafka-consumer-groups/groups-run.js';
import { optionTable } from './kafka-consumer-groups/option-table.js';
import type { OptionSet } from './jopt/option-set.js';
import type { Tool, ToolOutcome, ToolRun } from './tool.js';

const description =
  'This tool helps to list all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.';

/** `kafka-consumer-groups`: what fails at run time is told, and the exit code is 0 all the same. */
export const kafkaConsumerGroups: Tool = async (run) => {
  const options = parseOptions(optionTable, run.argv);
  checkAvailable(options);
  if (run.argv.length === 0) throw new UsageError(description, optionTable);
  const outcome = helpOrVersion(options, run, description);
  if (outcome !== undefined) return outcome;
  const action = checkOptions(options, (line) => {
    run.err(`${line}\n`);
  });
  return action === 'validate-regex' ? validate(run, options) : perform(run, { options, action });
};

async function validate(run: ToolRun, options: OptionSet): Promise<ToolOutcome> {
  const { validateRegex } = await import('./kafka-consumer-groups/validate-regex.js');
  try {
    const isValid = validateRegex(options, (text) => {
      run.out(text);
    });
    return { exit: 0, failed: !isValid };
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.message, optionTable) : error;
  }
}

const actions: Readonly<Record<Exclude<Action, 'validate-regex'>, () => Promise<(run: GroupsRun) => Promise<void>>>> = {
  list: async () => (await import('./kafka-consumer-groups/list-groups.js')).listGroups,
  describe: async () => (await import('./kafka-consumer-groups/describe-groups.js')).describeGroups,
  delete: async () => (await import('./kafka-consumer-groups/delete-groups.js')).deleteGroups,
  'reset-offsets': async () => (await import('./kafka-consumer-groups/reset-offsets.js')).resetOffsets,
  'delete-offsets': async () => (await import('./kafka-consumer-groups/delete-offsets.js')).deleteOffsets,
};

async function perform(
  run: ToolRun,
  { options, action }: { readonly options: OptionSet; readonly action: Exclude<Action, 'validate-regex'> },
): Promise<ToolOutcome> {
  let groups: GroupsRun | undefined;
  try {
    const { openGroupsRun } = await import('./kafka-consumer-groups/groups-run.js');
    groups = await openGroupsRun(run, options);
    const act = await actions[action]();
    await act(groups);
    return { exit: 0, failed: groups.hasFailed };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // A signal ends the run by its own exit code, without a word.
    if (run.interrupts.signal.aborted) return { exit: 1 };
    const [{ formatTrace, toJavaError }, { isIllegalArgument }] = await Promise.all([
      import('./java/java-error.js'),
      import('./java/illegal-argument.js'),
    ]);
    const thrown = toJavaError(error);
    if (isIllegalArgument(thrown)) throw new UsageError(thrown.message, optionTable);
    run.out(`\nError: Executing consumer group command failed due to ${thrown.message}\n`);
    run.err(formatTrace(thrown));
    return { exit: 0, failed: true };
  } finally {
    await groups?.close();
  }
}
