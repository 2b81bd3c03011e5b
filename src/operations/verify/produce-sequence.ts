import { pause } from '../../client/pause.js';
import { openProducer } from '../../client/producer/open-producer.js';
import type { Producer } from '../../client/producer/producer.js';
import type { Delivery, ProducerSettings } from '../../client/producer/producer-settings.js';
import { awaitWritableTopic } from '../../client/queries/await-writable-topic.js';
import { CliError } from '../../core/errors.js';
import { emptyRecordRange, type RecordRange } from '../../core/record-formats/record-range.js';
import { Throttle } from '../../core/throttle.js';
import type { Context } from '../context.js';

/** What to send and how. */
export interface ProduceSequenceOptions {
  readonly topic: string;
  /** Absent: until the signal. */
  readonly maxMessages: number | undefined;
  /** Records a second; negative for as many as possible, 0 for none after the first. */
  readonly throughput: number;
  /** The value of the record of an index, from 0 on. */
  readonly value: (index: number) => string;
  /** Its key; null for none. */
  readonly key: (index: number) => string | null;
  /** Timestamp of the first record, in milliseconds; later ones drift from it with the time that passes. Absent: the time of sending. */
  readonly createTime?: bigint | undefined;
  /** How long a record waits for its topic to be known, in milliseconds. */
  readonly maxBlockMs: number;
  readonly producer: Partial<Omit<ProducerSettings, 'topics' | 'onDelivery'>>;
  /** Why a record is not to be sent although its topic is there; undefined for one that is. */
  readonly refuse?: ((record: RecordRange) => CliError | undefined) | undefined;
  /** Called for each record once its fate is known; what it returns is waited for before more is sent. */
  readonly onEvent: (event: SendEvent) => Promise<void> | undefined;
}

/** What became of one record. */
export type SendEvent =
  /** The cluster has it; without an offset where brokers say none (acks=0, a repeat that the broker recognised). */
  | { readonly kind: 'acknowledged'; readonly index: number; readonly partition: number; readonly offset: bigint | undefined }
  /** It was refused or lost; `error` is Kafka's name, or `DELIVERY_TIMEOUT`. */
  | { readonly kind: 'lost'; readonly index: number; readonly partition: number; readonly error: string; readonly message: string }
  /** It was never sent: its topic was not found in time, or the producer could not take it. */
  | { readonly kind: 'unsent'; readonly index: number; readonly cause: CliError | 'no-topic' };

/** How many records were tried, and how many the cluster has acknowledged (with acks=0: took off our hands). */
export interface SequenceTotals {
  readonly sent: number;
  readonly acknowledged: number;
}

/**
 * Sends numbered records and tells of each what became of it, exactly once: acknowledged, lost or unsent. Ends with the limit or
 * the signal, once everything sent has its outcome.
 */
export async function produceSequence(context: Context, options: ProduceSequenceOptions): Promise<SequenceTotals> {
  return new SequenceRun(context, options).run();
}

/** Answers must be read while records are sent; so often the loop lets others run. */
const turnEvery = 128;
const topicPauseMs = 100;

/** Whole milliseconds, as the rate counts them, of a clock that nobody sets. */
function milliseconds(): number {
  return Math.trunc(performance.now());
}

class SequenceRun {
  private readonly context: Context;
  private readonly options: ProduceSequenceOptions;
  private readonly record: RecordRange = emptyRecordRange();
  private producer: Producer | undefined;
  private told: Promise<void> | undefined;
  private acknowledged = 0;
  private createTime: bigint | undefined;

  constructor(context: Context, options: ProduceSequenceOptions) {
    this.context = context;
    this.options = options;
    this.createTime = options.createTime;
  }

  async run(): Promise<SequenceTotals> {
    const { maxMessages = Infinity, throughput } = this.options;
    const { signal } = this.context;
    const startedAt = milliseconds();
    const throttle = new Throttle(throughput, startedAt);
    let sent = 0;
    try {
      for (let index = 0; index < maxMessages && !signal.aborted; index++) {
        const begunAt = milliseconds();
        sent++;
        await this.send(index, startedAt);
        const pauseMs = throttle.pauseMs(index, begunAt);
        if (pauseMs > 0) await pause(pauseMs, signal);
        else if (index % turnEvery === turnEvery - 1) await this.giveWay();
      }
    } catch (error) {
      // Whoever interrupts wants no more records; those sent still get their outcome.
      if (!signal.aborted) throw error;
    } finally {
      await this.producer?.close();
      await this.told;
    }
    return { sent, acknowledged: this.acknowledged };
  }

  private async send(index: number, startedAt: number): Promise<void> {
    this.fill(index, startedAt);
    try {
      const producer = this.producer ?? (await this.open(index));
      // Without one, what became of the record was told.
      if (producer === undefined) return;
      const refusal = this.options.refuse?.(this.record);
      if (refusal !== undefined) throw refusal;
      await producer.append(this.options.topic, this.record);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      this.tell({ kind: 'unsent', index, cause: error });
      await this.told;
    }
  }

  private async open(index: number): Promise<Producer | undefined> {
    const { topic, maxBlockMs, producer } = this.options;
    const options = { timeoutMs: maxBlockMs, longestPauseMs: topicPauseMs, signal: this.context.signal };
    const wait = await awaitWritableTopic(() => this.context.connect(), topic, options);
    if (!wait.isFound) {
      this.tell({ kind: 'unsent', index, cause: wait.isPassing || wait.error === undefined ? 'no-topic' : wait.error });
      return undefined;
    }
    const onDelivery = (delivery: Delivery): void => this.delivered(delivery);
    return (this.producer = await openProducer(await this.context.connect(), { ...producer, topics: [topic], onDelivery }));
  }

  private fill(index: number, startedAt: number): void {
    const { key: keyOf, value: valueOf } = this.options;
    const { record } = this;
    const key = keyOf(index);
    const source = Buffer.from(`${key ?? ''}${valueOf(index)}`);
    const keyBytes = key === null ? 0 : Buffer.byteLength(key);
    record.source = source;
    record.keyStart = key === null ? -1 : 0;
    record.keyEnd = keyBytes;
    record.valueStart = keyBytes;
    record.valueEnd = source.length;
    record.tag = index;
    record.timestamp = this.createTime;
    if (this.createTime !== undefined) this.createTime += BigInt(milliseconds() - startedAt);
  }

  private delivered({ partition, count, baseOffset, tagAt, error, lost }: Delivery): void {
    if (error !== undefined) {
      for (const { tag, error: name, message } of lost()) {
        this.tell({ kind: 'lost', index: tag, partition, error: name, message });
      }
      return;
    }
    this.acknowledged += count;
    for (let at = 0; at < count; at++) {
      const offset = baseOffset === undefined ? undefined : baseOffset + BigInt(at);
      this.tell({ kind: 'acknowledged', index: tagAt(at), partition, offset });
    }
  }

  private tell(event: SendEvent): void {
    this.told = this.options.onEvent(event) ?? this.told;
  }

  private async giveWay(): Promise<void> {
    await this.told;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
