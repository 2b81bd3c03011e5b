import { checkRequired } from './jopt/check-arguments.js';
import { helpOrVersion } from './jopt/help-or-version.js';
import { OptionError } from './jopt/option-spec.js';
import type { OptionSet } from './jopt/option-set.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import { bootstrapProblem } from './bootstrap-list.js';
import { getOffsetsOptions } from './kafka-get-offsets/options.js';
import type { Tool, ToolOutcome, ToolRun } from './tool.js';

const description = 'An interactive shell for getting topic-partition offsets.';

/** `kafka-get-offsets`: one offset of each partition. */
export const kafkaGetOffsets: Tool = async (run) => {
  if (run.argv.length === 0) throw new UsageError(description, getOffsetsOptions);
  let options: OptionSet;
  try {
    options = parseOptions(getOffsetsOptions, run.argv);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    run.err(`Error occurred: ${error.message}\n`);
    return { exit: 1 };
  }
  const told = helpOrVersion(options, run, description);
  if (told !== undefined) return told;
  checkRequired(options, 'bootstrap-server');
  try {
    return await print(run, options);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { failOffsets } = await import('./kafka-get-offsets/fail-offsets.js');
    return failOffsets(run, error);
  }
};

async function print(run: ToolRun, options: OptionSet): Promise<ToolOutcome> {
  const bootstrapServer = options.text('bootstrap-server');
  const problem = bootstrapProblem(bootstrapServer);
  if (problem !== undefined) throw new UsageError(problem, options.specs);
  const [{ readQuery }, { connectTool }, { printOffsets }] = await Promise.all([
    import('./kafka-get-offsets/read-query.js'),
    import('./connect-tool.js'),
    import('./kafka-get-offsets/print-offsets.js'),
  ]);
  const query = readQuery(options);
  const context = connectTool(run, {
    bootstrapServer,
    commandConfig: options.text('command-config'),
    // Kafka's tool lets no file name it otherwise.
    properties: { 'client.id': 'GetOffsetShell' },
  });
  try {
    await context.settings();
    const isWhole = await printOffsets(run, context, query);
    return { exit: 0, failed: !isWhole };
  } finally {
    await context.close();
  }
}
