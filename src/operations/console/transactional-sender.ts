import type { Producer } from '../../client/producer/producer.js';
import type { ProducerReport } from '../../client/producer/producer-report.js';
import { CliError } from '../../core/errors.js';
import type { LineSpan } from '../../core/record-formats/line-span.js';
import type { RecordRange } from '../../core/record-formats/record-range.js';
import type { CloseOptions, RecordSender } from './deliver-records.js';

/** Sends all records of a run as one transaction: committed when the input was read to its end and every record was written. */
export class TransactionalSender implements RecordSender {
  isCommitted = false;
  /** Why a complete transaction could not be committed. */
  problem: CliError | undefined;
  private readonly producer: Producer;
  private ending: Promise<void> | undefined;

  constructor(producer: Producer) {
    this.producer = producer;
    producer.transactions.begin();
  }

  append(topic: string, record: RecordRange): Promise<void> | undefined {
    return this.producer.append(topic, record);
  }

  appendLines(topic: string, lines: LineSpan): Promise<void> | undefined {
    return this.producer.appendLines(topic, lines);
  }

  async close({ isComplete, ...options }: CloseOptions): Promise<ProducerReport> {
    // Another call only shortens the time: how the transaction ends is being settled already.
    if (this.ending === undefined) await (this.ending = this.end(isComplete));
    return this.producer.close(options);
  }

  private async end(isComplete: boolean): Promise<void> {
    try {
      if (isComplete) await this.commit();
      if (!this.isCommitted) await this.producer.transactions.abort();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      this.problem ??= error;
    }
  }

  private async commit(): Promise<void> {
    try {
      await this.producer.transactions.commit();
      this.isCommitted = true;
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      this.problem = error;
    }
  }
}
