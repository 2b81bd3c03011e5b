import { BrokerError } from '../../client/broker-error.js';
import { CliError } from '../../core/errors.js';
import { recordSizeBound } from '../../operations/console/record-size-bound.js';
import { standardOutput } from '../../terminal/standard-output.js';
import { produceSequence, type SendEvent } from '../../operations/verify/produce-sequence.js';
import type { ParsedArguments } from '../argparse/parsed-arguments.js';
import { connectTool } from '../connect-tool.js';
import { clientFailure } from '../java/client-failure.js';
import { JavaError } from '../java/java-error.js';
import { checkProducerConfig } from '../java/producer-config.js';
import { type LossPlace, sendFailure } from '../java/send-failure.js';
import type { ToolOutcome, ToolRun } from '../tool.js';
import { JavaDouble } from '../verifiable/event-json.js';
import { EventWriter } from '../verifiable/event-writer.js';
import { readConfigFile } from '../verifiable/read-config-file.js';
import { producerSettings } from './producer-settings.js';

const defaultMaxBlockMs = 60_000;
const defaultRequestSize = 1024 * 1024;
const tooLargeClass = 'org.apache.kafka.common.errors.RecordTooLargeException';

/** Sends numbers and prints what became of each, then the totals. */
export async function produceVerifiably(run: ToolRun, parsed: ParsedArguments): Promise<ToolOutcome> {
  const file = await readConfigFile(parsed, 'producer.config', (line) => run.out(line));
  const command = sequenceOf(parsed);
  const values = new Map([
    ['bootstrap.servers', parsed.text('bootstrap-server') ?? ''],
    ['acks', parsed.text('acks') ?? '-1'],
    ['retries', '0'],
    // Here the file has the last word.
    ...file,
  ]);
  const context = connectTool(run, { properties: Object.fromEntries(values) }, 'producer');
  try {
    checkProducerConfig(values);
    await context.settings();
    const events = new EventWriter(standardOutput(), () => Date.now());
    const startedAt = performance.now();
    await events.tell('startup_complete');
    let isAllAcknowledged = true;
    const isRefused = command.createTime !== undefined && command.createTime < 0n && command.maxMessages !== 0;
    const totals = await produceSequence(context, {
      ...command,
      ...(isRefused ? { maxMessages: 0 } : {}),
      refuse: (record) => tooLarge(recordSizeBound(record), Number(values.get('max.request.size') ?? defaultRequestSize)),
      maxBlockMs: Number(values.get('max.block.ms') ?? defaultMaxBlockMs),
      producer: producerSettings(values),
      onEvent: (event) => {
        isAllAcknowledged &&= event.kind === 'acknowledged';
        return tellOf(events, event, command, values);
      },
    });
    await events.tell('shutdown_complete');
    const elapsedMs = Math.max(1, Math.trunc(performance.now() - startedAt));
    await events.tell('tool_data', {
      sent: totals.sent,
      acked: totals.acknowledged,
      target_throughput: command.throughput,
      avg_throughput: new JavaDouble(1000 * (totals.acknowledged / elapsedMs)),
    });
    // Nothing in Kafka's tool expects this, so it ends the run.
    if (isRefused) {
      const text = `Invalid timestamp: ${command.createTime}. Timestamp should always be non-negative or null.`;
      throw new JavaError('java.lang.IllegalArgumentException', text);
    }
    return { exit: 0, failed: !isAllAcknowledged };
  } finally {
    await context.close();
  }
}

/** What the command line says of the records. */
interface Sequence {
  readonly topic: string;
  readonly maxMessages: number | undefined;
  readonly throughput: number;
  readonly createTime: bigint | undefined;
  readonly key: (index: number) => string | null;
  readonly value: (index: number) => string;
}

function sequenceOf(parsed: ParsedArguments): Sequence {
  const maxMessages = parsed.number('max-messages') ?? -1;
  const createTime = parsed.long('message-create-time') ?? -1n;
  const prefix = parsed.number('value-prefix');
  const keys = parsed.number('repeating-keys');
  return {
    topic: parsed.text('topic') ?? '',
    maxMessages: maxMessages < 0 ? undefined : maxMessages,
    throughput: parsed.number('throughput') ?? -1,
    createTime: createTime === -1n ? undefined : createTime,
    // A count that is never reached never starts over; Java's counter ends with its 32 bits.
    key: (index) => (keys === undefined ? null : String(keys > 0 ? index % keys : index | 0)),
    value: (index) => (prefix === undefined ? String(index) : `${prefix}.${index}`),
  };
}

function tellOf(
  events: EventWriter,
  event: SendEvent,
  { topic, key, value }: Sequence,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  const record = { key: key(event.index), value: value(event.index) };
  if (event.kind === 'acknowledged') {
    const offset = event.offset ?? -1;
    return events.tell('producer_send_success', { ...record, offset, topic, partition: event.partition });
  }
  const { javaClass, message } = failureOf(event, topic, values);
  return events.tell('producer_send_error', { topic, ...record, exception: `class ${javaClass}`, message });
}

function failureOf(
  event: Exclude<SendEvent, { kind: 'acknowledged' }>,
  topic: string,
  values: ReadonlyMap<string, string>,
): JavaError {
  if (event.kind === 'lost')
    return sendFailure(event.error, event.message, { topic, partition: event.partition, isRepeated: event.index > 0 });
  const { cause } = event;
  if (cause !== 'no-topic') return causeOf(cause, { topic, partition: -1, isRepeated: event.index > 0 });
  const waitedMs = values.get('max.block.ms') ?? defaultMaxBlockMs;
  const text = `Topic ${topic} not present in metadata after ${waitedMs} ms.`;
  return new JavaError('org.apache.kafka.common.errors.TimeoutException', text);
}

/** What the send of a record throws. */
function causeOf(cause: CliError, place: LossPlace): JavaError {
  if (cause instanceof TooLarge) return new JavaError(tooLargeClass, cause.message);
  if (cause instanceof BrokerError) return sendFailure(cause.kafkaName, cause.brokerMessage ?? '', place);
  // The topic's own limit, which Kafka's producer leaves to the broker.
  if (cause.code === 'input') return sendFailure('MESSAGE_TOO_LARGE', '', place);
  if (cause.code === 'aborted') {
    return new JavaError('org.apache.kafka.common.KafkaException', 'Producer closed while send in progress');
  }
  return clientFailure(cause, 'send');
}

/** A record that Kafka's producer refuses by its own count. */
class TooLarge extends CliError {}

function tooLarge(size: number, limit: number): CliError | undefined {
  if (size <= limit) return undefined;
  const rule = 'which is the value of the max.request.size configuration';
  return new TooLarge('input', `The message is ${size} bytes when serialized which is larger than ${limit}, ${rule}.`);
}
