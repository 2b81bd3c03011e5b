import { checkRequired } from './jopt/check-arguments.js';
import { helpOrVersion } from './jopt/help-or-version.js';
import { traceFailures } from './jopt/trace-failures.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import { deleteRecordsOptions } from './kafka-delete-records/options.js';
import type { ToolOutcome, ToolRun } from './tool.js';

const description = 'This tool helps to delete records of the given partitions down to the specified offset.';

/** `kafka-delete-records`: deletes what lies below an offset of each partition. */
export const kafkaDeleteRecords = traceFailures(start);

async function start(run: ToolRun): Promise<ToolOutcome> {
  const options = parseOptions(deleteRecordsOptions, run.argv);
  if (run.argv.length === 0) throw new UsageError(description, deleteRecordsOptions);
  const told = helpOrVersion(options, run, description);
  if (told !== undefined) return told;
  checkRequired(options, 'bootstrap-server', 'offset-json-file');
  const connection = { commandConfig: options.text('command-config'), bootstrapServer: options.text('bootstrap-server') };
  const [{ connectTool }, { cutRecords }] = await Promise.all([
    import('./connect-tool.js'),
    import('./kafka-delete-records/cut-records.js'),
  ]);
  const context = connectTool(run, connection);
  try {
    await context.settings();
    const isWhole = await cutRecords(run, context, options.text('offset-json-file') ?? ''); // required, so it is there
    return { exit: 0, failed: !isWhole };
  } finally {
    await context.close();
  }
}
