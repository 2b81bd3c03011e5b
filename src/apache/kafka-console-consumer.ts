import { helpOrVersion } from './jopt/help-or-version.js';
import { OptionError } from './jopt/option-spec.js';
import type { OptionSet } from './jopt/option-set.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import { consumerOptions } from './kafka-console-consumer/consumer-options.js';
import type { Tool } from './tool.js';

const description = 'This tool helps to read data from Kafka topics and outputs it to standard output.';

/** `kafka-console-consumer`: records to stdout, everything else to stderr. */
export const kafkaConsoleConsumer: Tool = async (run) => {
  const options = parse(run.argv);
  if (run.argv.length === 0) throw new UsageError(description, consumerOptions);
  const said = helpOrVersion(options, run, description);
  if (said !== undefined) return said;
  const { readConsumerCommand } = await import('./kafka-console-consumer/read-consumer-command.js');
  const command = await readConsumerCommand(run, options);
  if (command === undefined) return { exit: 1 };
  const { runConsumer } = await import('./kafka-console-consumer/run-consumer.js');
  return runConsumer(run, options, command);
};

function parse(argv: readonly string[]): OptionSet {
  try {
    return parseOptions(consumerOptions, argv);
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.message, consumerOptions) : error;
  }
}
