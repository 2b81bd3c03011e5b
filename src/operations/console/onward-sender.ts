import { openProducer } from '../../client/producer/open-producer.js';
import type { Producer } from '../../client/producer/producer.js';
import type { LostRecord, ProducerSettings } from '../../client/producer/producer-settings.js';
import type { ProducerReport } from '../../client/producer/producer-report.js';
import { awaitWritableTopic, type TopicWait } from '../../client/queries/await-writable-topic.js';
import { CliError } from '../../core/errors.js';
import type { LineSpan } from '../../core/record-formats/line-span.js';
import type { RecordRange } from '../../core/record-formats/record-range.js';
import type { Context } from '../context.js';
import type { CloseOptions, RecordSender } from './deliver-records.js';
import { recordSizeBound } from './record-size-bound.js';

/** A record that was lost, and what of: an error of the producer, or that its topic was not found in time. */
export type Loss = Omit<LostRecord, 'error' | 'message'> &
  (
    | { readonly kind: 'refused'; readonly error: string; readonly message: string }
    | { readonly kind: 'too-large'; readonly size: number; readonly limit: number; readonly of: 'request' | 'memory' }
    | { readonly kind: 'failed'; readonly cause: Error }
    | { readonly kind: 'no-topic'; readonly wait: TopicWait }
  );

export interface OnwardOptions {
  readonly topic: string;
  readonly producer: Partial<Omit<ProducerSettings, 'topics' | 'onDelivery'>>;
  /** How long a record waits for its topic to be found. */
  readonly maxBlockMs: number;
  /** Largest record, counted as Kafka's producer counts before it sends. */
  readonly maxRequestSize: number;
  /** Ends the run with the first loss. */
  readonly stopAtLoss: boolean;
  readonly onLoss: (loss: Loss) => void;
}

const longestTopicPauseMs = 1000;

/** Sends records one after the other and goes on past those that are lost, as Kafka's console producer does. */
export class OnwardSender implements RecordSender {
  private lossCount = 0;
  private producer: Producer | undefined;
  private readonly context: Context;
  private readonly options: OnwardOptions;

  constructor(context: Context, options: OnwardOptions) {
    this.context = context;
    this.options = options;
  }

  append(topic: string, record: RecordRange): Promise<void> | undefined {
    if (this.producer === undefined) return this.appendFirst(topic, record);
    const before = this.lossCount;
    const waiting = this.tryAppend(this.producer, topic, record);
    if (!this.options.stopAtLoss) return waiting;
    return (waiting ?? Promise.resolve()).then(() => this.stopAfter(before));
  }

  appendLines(topic: string, lines: LineSpan): Promise<void> | undefined {
    // Only lines that are certainly small enough go without being measured.
    const { producer, options } = this;
    if (producer === undefined || options.stopAtLoss || !this.takesAnyBatch || producer.fatalError !== undefined) return undefined;
    return producer.appendLines(topic, lines);
  }

  async close({ timeoutMs }: CloseOptions): Promise<ProducerReport> {
    const nothing = { acknowledged: 0, sent: 0, failed: 0, failures: [], unlisted: 0 };
    return (await this.producer?.close(timeoutMs === undefined ? {} : { timeoutMs })) ?? nothing;
  }

  private get takesAnyBatch(): boolean {
    const { maxRequestSize, producer } = this.options;
    const { batchSize = 0, bufferMemory = Infinity } = producer;
    return batchSize + 1024 < Math.min(maxRequestSize, bufferMemory);
  }

  private stopAfter(before: number): void {
    if (this.lossCount > before) throw new CliError('partial', 'a record was lost');
  }

  private async appendFirst(topic: string, record: RecordRange): Promise<void> {
    const before = this.lossCount;
    const wait = await this.awaitTopic(topic);
    if (wait.isFound) {
      try {
        this.producer ??= await this.open();
        await this.tryAppend(this.producer, topic, record);
      } catch (error) {
        this.loseTo(error, record);
      }
    } else this.lose({ ...sizesOf(record), kind: 'no-topic', wait });
    if (this.options.stopAtLoss) this.stopAfter(before);
  }

  private awaitTopic(topic: string): Promise<TopicWait> {
    const { context } = this;
    const options = { timeoutMs: this.options.maxBlockMs, longestPauseMs: longestTopicPauseMs, signal: context.signal };
    return awaitWritableTopic(() => context.connect(), topic, options);
  }

  private async open(): Promise<Producer> {
    const { topic, producer } = this.options;
    return openProducer(await this.context.connect(), {
      ...producer,
      topics: [topic],
      onDelivery: ({ error, lost }) => {
        if (error === undefined) return;
        for (const { error: name, message, ...sizes } of lost()) this.lose({ ...sizes, kind: 'refused', error: name, message });
      },
    });
  }

  private tryAppend(producer: Producer, topic: string, record: RecordRange): Promise<void> | undefined {
    const { maxRequestSize, producer: settings } = this.options;
    const { bufferMemory = Infinity } = settings;
    const size = recordSizeBound(record);
    if (size > maxRequestSize || size > bufferMemory) {
      const exceeded =
        size > maxRequestSize ? { limit: maxRequestSize, of: 'request' as const } : { limit: bufferMemory, of: 'memory' as const };
      this.lose({ ...sizesOf(record), kind: 'too-large', size, ...exceeded });
      return undefined;
    }
    try {
      return producer.append(topic, record);
    } catch (error) {
      this.loseTo(error, record);
      return undefined;
    }
  }

  private loseTo(error: unknown, record: RecordRange): void {
    if (this.context.signal.aborted || !(error instanceof CliError)) throw error;
    if (error.code === 'input') {
      // The topic's own limit, which the producer knows before the broker says so.
      const message = 'the record is larger than the topic takes';
      return this.lose({ ...sizesOf(record), kind: 'refused', error: 'MESSAGE_TOO_LARGE', message });
    }
    this.lose({ ...sizesOf(record), kind: 'failed', cause: error });
  }

  private lose(loss: Loss): void {
    this.lossCount++;
    this.options.onLoss(loss);
  }
}

function sizesOf({ tag, keyStart, keyEnd, valueStart, valueEnd }: RecordRange): Pick<LostRecord, 'tag' | 'keySize' | 'valueSize'> {
  return {
    tag,
    keySize: keyStart < 0 ? undefined : keyEnd - keyStart,
    valueSize: valueStart < 0 ? undefined : valueEnd - valueStart,
  };
}
