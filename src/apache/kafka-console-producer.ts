import { helpOrVersion } from './jopt/help-or-version.js';
import { OptionError } from './jopt/option-spec.js';
import { parseWithUsage } from './jopt/parse-with-usage.js';
import { UsageError } from './jopt/usage-error.js';
import { checkCommandLine } from './kafka-console-producer/check-command-line.js';
import { producerOptions } from './kafka-console-producer/producer-options.js';
import type { Tool, ToolRun } from './tool.js';

const description = 'This tool helps to read data from standard input and publish it to Kafka.';

/** `kafka-console-producer`: each line of stdin is a record. */
export const kafkaConsoleProducer: Tool = async (run) => {
  const options = parseWithUsage(producerOptions, run.argv);
  if (run.argv.length === 0) throw new UsageError(description, producerOptions);
  const said = helpOrVersion(options, run, description);
  if (said !== undefined) return said;
  try {
    checkCommandLine(run, options);
    const { runProducer } = await import('./kafka-console-producer/run-producer.js');
    return await runProducer(run, options);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    await tell(run, error);
    return { exit: 1 };
  }
};

/** A wrong value is told of without a trace. */
async function tell(run: ToolRun, error: unknown): Promise<void> {
  if (run.interrupts.exitCode !== undefined) return;
  if (error instanceof OptionError) return run.err(`${error.message}\n`);
  const { formatTrace, toJavaError } = await import('./java/java-error.js');
  run.err(formatTrace(toJavaError(error)));
}
