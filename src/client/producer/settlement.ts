import type { Clock } from './clock.js';
import type { ProducerBatch } from './producer-batch.js';
import { ReportBuilder } from './producer-report.js';
import type { LostRecord, ProducerSettings } from './producer-settings.js';
import type { BatchFailure, BatchOutcome } from './sender-port.js';

/** Books every record's outcome, and wakes those who wait for one. */
export class Settlement {
  readonly report = new ReportBuilder();
  private readonly settings: Pick<ProducerSettings, 'acks' | 'onDelivery'>;
  private readonly clock: Clock;
  private outstanding = 0;
  private waiting: (() => void)[] = [];
  private readonly watchers = new Map<ProducerBatch, () => void>();

  constructor(settings: Pick<ProducerSettings, 'acks' | 'onDelivery'>, clock: Clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Records were taken. */
  add(count: number): void {
    this.outstanding += count;
  }

  /** Resolves when every record taken so far, and until then, has its outcome. */
  settled(): Promise<void> {
    if (this.outstanding === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Resolves with the outcome of one batch. */
  watch(batch: ProducerBatch): Promise<void> {
    return new Promise((resolve) => this.watchers.set(batch, resolve));
  }

  /** Books the outcome of a batch. */
  done(batch: ProducerBatch, outcome: BatchOutcome): void {
    const { count } = batch;
    if ('error' in outcome) this.bookFailure(batch, outcome);
    else if (this.settings.acks === 0) this.report.sent += count;
    else this.report.acknowledged += count;
    this.settings.onDelivery?.({
      topic: batch.topic,
      partition: batch.partition,
      count,
      baseOffset: 'error' in outcome ? undefined : outcome.baseOffset,
      elapsedMs: this.clock.now() - batch.createdAt,
      tagAt: (index) => batch.tags.at(index),
      error: 'error' in outcome ? outcome.error : undefined,
      lost: () => ('error' in outcome ? lostRecords(batch, outcome) : []),
    });
    this.outstanding -= count;
    this.watchers.get(batch)?.();
    this.watchers.delete(batch);
    if (this.outstanding === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private bookFailure(batch: ProducerBatch, { error, message, records = new Map<number, string>() }: BatchFailure): void {
    const { topic, partition, count, tags } = batch;
    let named = 0;
    for (const [index, reason] of records) {
      if (index < 0 || index >= count) continue;
      const tag = tags.at(index);
      this.report.fail({ topic, partition, firstTag: tag, lastTag: tag, count: 1, error, message: reason });
      named++;
    }
    if (named === count) return;
    const text = named === 0 ? message : `not written, because another record of its batch was refused: ${message}`;
    this.report.fail({
      topic,
      partition,
      firstTag: tags.at(0),
      lastTag: tags.at(count - 1),
      count: count - named,
      error,
      message: text,
    });
  }
}

function lostRecords(batch: ProducerBatch, { error, message, records }: BatchFailure): LostRecord[] {
  return batch.decode().map(({ key, value }, index) => ({
    tag: batch.tags.at(index),
    keySize: key?.length,
    valueSize: value?.length,
    error,
    message: records?.get(index) ?? message,
  }));
}
