import { helpOrVersion } from './jopt/help-or-version.js';
import { traceFailures } from './jopt/trace-failures.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import type { TopicsCommand } from './kafka-topics/command.js';
import { checkTopicsOptions } from './kafka-topics/check-topics-options.js';
import { type Action, topicsOptions } from './kafka-topics/options.js';
import type { ToolOutcome, ToolRun } from './tool.js';

/** Each action's file. */
const verbs: Readonly<Record<Action, () => Promise<(command: TopicsCommand) => Promise<void>>>> = {
  create: () => import('./kafka-topics/create.js').then(({ createTopic }) => createTopic),
  list: () => import('./kafka-topics/list.js').then(({ listTopics }) => listTopics),
  describe: () => import('./kafka-topics/describe.js').then(({ describeTopics }) => describeTopics),
  alter: () => import('./kafka-topics/alter.js').then(({ alterTopics }) => alterTopics),
  delete: () => import('./kafka-topics/delete.js').then(({ deleteTopics }) => deleteTopics),
};

/** `kafka-topics`: creates, lists, describes, alters and deletes topics. */
export const kafkaTopics = traceFailures(start);

async function start(run: ToolRun): Promise<ToolOutcome> {
  const options = parseOptions(topicsOptions, run.argv);
  if (run.argv.length === 0) throw new UsageError('Create, delete, describe, or change a topic.', topicsOptions);
  const told = helpOrVersion(options, run, 'This tool helps to create, delete, describe, or change a topic.');
  if (told !== undefined) return told;
  const action = checkTopicsOptions(options, run);
  // From here on everything but the client's settings is read inside the command, whose failures go to stdout.
  const connection = { commandConfig: options.text('command-config'), bootstrapServer: options.text('bootstrap-server') };
  const { connectTool } = await import('./connect-tool.js');
  const context = connectTool(run, connection);
  try {
    await context.settings();
    return await act(action, { run, options, context });
  } finally {
    await context.close();
  }
}

async function act(action: Action, command: TopicsCommand): Promise<ToolOutcome> {
  const { run } = command;
  try {
    const verb = await verbs[action]();
    await verb(command);
    return { exit: 0 };
  } catch (error) {
    if (run.interrupts.signal.aborted) throw error;
    const { failCommand } = await import('./kafka-topics/fail-command.js');
    return failCommand(run, error, action);
  }
}
