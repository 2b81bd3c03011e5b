import { helpOrVersion } from './jopt/help-or-version.js';
import { parseWithUsage } from './jopt/parse-with-usage.js';
import { UsageError } from './jopt/usage-error.js';
import { consumerOptions } from './kafka-console-consumer/consumer-options.js';
import type { Tool } from './tool.js';

const description = 'This tool helps to read data from Kafka topics and outputs it to standard output.';

/** `kafka-console-consumer`: records to stdout, everything else to stderr. */
export const kafkaConsoleConsumer: Tool = async (run) => {
  const options = parseWithUsage(consumerOptions, run.argv);
  if (run.argv.length === 0) throw new UsageError(description, consumerOptions);
  const said = helpOrVersion(options, run, description);
  if (said !== undefined) return said;
  const { readConsumerCommand } = await import('./kafka-console-consumer/read-consumer-command.js');
  const command = await readConsumerCommand(run, options);
  if (command === undefined) return { exit: 1 };
  const { runConsumer } = await import('./kafka-console-consumer/run-consumer.js');
  return runConsumer(run, options, command);
};
