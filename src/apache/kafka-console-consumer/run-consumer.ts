import type { WriteTally } from '../../operations/console/record-output.js';
import { checkConsumerConfig } from '../java/consumer-config.js';
import { consumerFailure } from '../java/consumer-failure.js';
import { formatTrace, JavaError, toJavaError } from '../java/java-error.js';
import { javaRegExp } from '../java/java-regex.js';
import { formatLogLine } from '../java/log-line.js';
import { connectTool, type ToolContext } from '../connect-tool.js';
import type { OptionSet } from '../jopt/option-set.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import { isNewProtocol, memberSettings, resetOf } from './member-settings.js';
import { readRecords, type ReadEnd, type Subscription } from './read-records.js';
import type { ConsumerCommand } from './read-consumer-command.js';

const logger = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const protocolNotice =
  'The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer to try it out. See https://kafka.apache.org/documentation/#consumer_rebalance_protocol\n';

/** Reads until something ends it, and says how many records that were. */
export async function runConsumer(run: ToolRun, options: OptionSet, command: ConsumerCommand): Promise<ToolOutcome> {
  const context = connectTool(run, { properties: Object.fromEntries(command.values) }, 'consumer');
  try {
    const subscription = await prepare(run, options, { command, context });
    if (subscription === undefined) return { exit: 1 };
    const outcome = await readAndReport(run, options, { command, context, subscription });
    if (options.has('enable-systest-events')) run.out('shutdown_complete\n');
    return outcome;
  } finally {
    await context.close();
  }
}

interface Setup {
  readonly command: ConsumerCommand;
  readonly context: ToolContext;
}

/** What building the client and subscribing amounts to; `undefined` where that failed, which is logged. */
async function prepare(run: ToolRun, options: OptionSet, { command, context }: Setup): Promise<Subscription | undefined> {
  try {
    checkConsumerConfig(command.values);
    await context.settings();
    if (command.partition === undefined && !isNewProtocol(command.values)) run.err(protocolNotice);
    const subscription = subscriptionOf(options, command.partition);
    // Fails here, where the client is built, rather than where it is used.
    if (!('partition' in subscription)) memberSettings(command.values, subscription);
    else resetOf(command.values);
    return subscription;
  } catch (error) {
    log(run, 'Unknown error when running consumer: ', toJavaError(error));
    return undefined;
  }
}

function subscriptionOf(options: OptionSet, partition: number | undefined): Subscription {
  const topic = options.text('topic');
  if (topic === undefined) return { pattern: javaRegExp(options.text('include') ?? '') };
  if (topic.trim() === '') {
    const what =
      partition === undefined ? 'Topic collection to subscribe to cannot contain' : 'Topic partitions to assign to cannot have';
    throw new JavaError('java.lang.IllegalArgumentException', `${what} null or empty topic`);
  }
  if (partition === undefined) return { topics: [topic] };
  // Also a negative one: Kafka waits for it as for any other that is not there.
  return { topic, partition };
}

async function readAndReport(
  run: ToolRun,
  options: OptionSet,
  { command, context, subscription }: Setup & { readonly subscription: Subscription },
): Promise<ToolOutcome> {
  const tally: WriteTally = { records: 0, isCutShort: false };
  // The record at which writing failed counts as processed.
  const count = (): number => tally.records + (tally.isCutShort ? 1 : 0);
  const closingLine = (): void => run.err(`Processed a total of ${count()} messages\n`);
  let limit: number | undefined;
  try {
    limit = options.integer('max-messages');
  } catch (error) {
    closingLine();
    log(run, 'Unknown error when running consumer: ', toJavaError(error));
    return { exit: 1 };
  }
  const skip = options.has('skip-message-on-error');
  const onSkipped = (error: unknown): void => log(run, 'Error processing message, skipping this message: ', toJavaError(error));
  const request = {
    command,
    subscription,
    tally,
    maxMessages: limit === -1 ? undefined : limit,
    onSkipped: skip ? onSkipped : undefined,
  };
  const end = await readRecords(context, request);
  tellOfEnd(run, end, command.values.get('group.id') ?? '');
  closingLine();
  if (end.kind === 'unformatted') {
    log(run, 'Unknown error when running consumer: ', toJavaError(end.error));
    return { exit: 1 };
  }
  // A run that was to print so many records, or any at all, and has not, has failed.
  const isShort = end.kind === 'idle' && (count() === 0 || (limit ?? -1) > count());
  return { exit: 0, failed: end.kind === 'failed' || end.kind === 'unwritable' || isShort };
}

function tellOfEnd(run: ToolRun, end: ReadEnd, groupId: string): void {
  const text = 'Error processing message, terminating consumer process: ';
  const isInterrupted = run.interrupts.exitCode !== undefined;
  if (isInterrupted || end.kind === 'limit' || end.kind === 'unformatted') return;
  if (end.kind === 'idle') log(run, text, new JavaError('org.apache.kafka.common.errors.TimeoutException', ''));
  else if (end.kind === 'failed') log(run, text, consumerFailure(end.error, groupId));
  else run.err('Unable to write to standard out, closing consumer.\n');
}

function log(run: ToolRun, message: string, error: JavaError): void {
  run.err(formatLogLine('ERROR', message, logger, new Date()));
  run.err(formatTrace(error));
}
