import type { RecordParser } from '../../core/record-formats/line-parser.js';
import { RecordSyntaxError } from '../../core/record-formats/record-error.js';
import { produceOnward } from '../../operations/console/produce-onward.js';
import { standardInput } from '../../terminal/standard-input.js';
import { connectTool } from '../connect-tool.js';
import { describeJavaError, executionException, formatTrace, JavaError, toJavaError } from '../java/java-error.js';
import { checkProducerConfig } from '../java/producer-config.js';
import type { OptionSet } from '../jopt/option-set.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import { lossError, lossLogLine } from './describe-loss.js';
import { createLineReader } from './line-reader.js';
import { producerSettings } from './producer-settings.js';
import { readProducerValues } from './producer-values.js';

/**
 * Sends every line of standard input.
 *
 * @throws OptionError, JavaError
 */
export async function runProducer(run: ToolRun, options: OptionSet): Promise<ToolOutcome> {
  const { topic, parse } = await createLineReader(options);
  const given = await readProducerValues(options);
  checkProducerConfig(given.values);
  const context = connectTool(run, { properties: Object.fromEntries(given.values) }, 'producer');
  try {
    await context.settings();
    const sync = options.has('sync');
    const settings = producerSettings(given, sync);
    const losses: JavaError[] = [];
    const about = { topic, maxBlockMs: settings.maxBlockMs, deliveryTimeoutMs: settings.producer.deliveryTimeoutMs ?? 0 };
    const { problem } = await produceOnward(context, {
      ...settings,
      topic,
      parse: given.values.has('transactional.id') ? refuseTransaction(topic) : parse,
      sources: [standardInput({ prompt: promptOf(run) })],
      stopAtLoss: sync,
      onLoss: (loss) => {
        const error = lossError(loss, { ...about, isRepeated: losses.length > 0 });
        // One is enough to end with, or to know of.
        if (losses.length === 0) losses.push(error);
        if (!sync) run.err(lossLogLine(loss, topic, new Date()) + formatTrace(error));
      },
    });
    const [lost] = losses;
    if (sync && lost !== undefined) throw executionException(lost);
    if (problem !== undefined) throw readerError(problem);
    return { exit: 0, failed: lost !== undefined };
  } finally {
    await context.close();
  }
}

/** Kafka's tool never begins the transaction that its producer then wants, and so ends with the first record. */
function refuseTransaction(topic: string): RecordParser {
  return () => {
    const text = `Cannot add partition ${topic}-0 to transaction before completing a call to initTransactions`;
    throw new JavaError('java.lang.IllegalStateException', text);
  };
}

/** Asks for a line where somebody sits at a terminal. */
function promptOf(run: ToolRun): (() => void) | undefined {
  return process.stdin.isTTY && process.stdout.isTTY ? () => run.out('>') : undefined;
}

function readerError(problem: Error): JavaError {
  const { cause } = problem;
  if (cause instanceof RecordSyntaxError) return new JavaError('org.apache.kafka.common.KafkaException', cause.message);
  const text = systemErrorText(cause);
  if (text === undefined) return toJavaError(problem);
  const inner = new JavaError('java.io.IOException', text);
  return new JavaError('org.apache.kafka.common.KafkaException', describeJavaError(inner), inner);
}

/** The C library's texts, which Java's exceptions carry. */
const systemErrorTexts: Readonly<Record<string, string>> = {
  EISDIR: 'Is a directory',
  EIO: 'Input/output error',
  EBADF: 'Bad file descriptor',
};

function systemErrorText(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? systemErrorTexts[String(cause.code)] : undefined;
}
