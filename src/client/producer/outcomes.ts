import type { Codec } from '../../protocol/compression/codec.js';
import { kafkaError } from '../../protocol/errors.js';
import type { ResponseBody } from '../../protocol/message.js';
import type { Produce } from '../../protocol/messages/produce.js';
import { brokerError } from '../broker-error.js';
import type { PartitionStream } from './partition-stream.js';
import { produceVerdict } from './produce-verdict.js';
import type { ProducerBatch } from './producer-batch.js';
import type { BatchFailure, BatchOutcome, SenderPort } from './sender-port.js';
import { splitBatch } from './split-batch.js';

/** What a Produce response says of one partition. */
export type PartitionAnswer = ResponseBody<typeof Produce>['responses'][number]['partitionResponses'][number];

export interface OutcomeOptions {
  readonly codec: Codec | undefined;
  readonly deliveryTimeoutMs: number;
  readonly retries: number;
  /** The stream has batches to send again. */
  onWaiting(stream: PartitionStream): void;
  /** The leader of a partition may have changed. */
  onMoved(): void;
}

/** Turns answers and failures into the fate of batches, and lets go of each batch once it is done and nobody reads its bytes. */
export class Outcomes {
  private readonly port: Pick<SenderPort, 'onDone' | 'onReleased' | 'onFatal'>;
  private readonly options: OutcomeOptions;
  private readonly inFlight = new Set<ProducerBatch>();

  constructor(port: Pick<SenderPort, 'onDone' | 'onReleased' | 'onFatal'>, options: OutcomeOptions) {
    this.port = port;
    this.options = options;
  }

  /** The batch is handed to a connection. */
  sent(batch: ProducerBatch): void {
    this.inFlight.add(batch);
    batch.writes++;
  }

  /** The connection reads the batch's bytes no more. */
  flushed(batch: ProducerBatch): void {
    batch.writes--;
    this.releaseIfFree(batch);
  }

  /** The broker has the batch. */
  written(batch: ProducerBatch, stream: PartitionStream, baseOffset: bigint | undefined): void {
    stream.refusedWith = undefined;
    stream.queue.acknowledge(batch);
    this.done(batch, { baseOffset });
  }

  /** Deals with the answer for one batch; undefined when the response left it out. */
  judge(batch: ProducerBatch, stream: PartitionStream, answer: PartitionAnswer | undefined, now: number): void {
    // Given up while it was in flight: its end is booked.
    if (batch.isDone) return stream.queue.fail(batch);
    if (answer === undefined) {
      const reason = 'the broker did not answer for this partition';
      return this.retry(batch, stream, { now, reason, failure: { error: 'UNKNOWN_SERVER_ERROR', message: reason } });
    }
    const { errorCode, baseOffset } = answer;
    const failure = failureOf(answer);
    const verdict = produceVerdict(errorCode, batch);
    switch (verdict) {
      case 'written':
        return this.written(batch, stream, baseOffset < 0n ? undefined : baseOffset);
      case 'retry':
        if (kafkaError(errorCode).refresh === 'metadata') this.options.onMoved();
        stream.refusedWith = `${failure.error}: ${failure.message}`;
        return this.retry(batch, stream, { now, reason: stream.refusedWith, failure });
      case 'out-of-order':
        return this.outOfOrder(batch, stream, failure, now);
      case 'split':
        return this.split(batch, stream);
      case 'fatal':
      case 'failed':
        stream.queue.fail(batch);
        this.done(batch, failure);
        if (verdict === 'fatal')
          this.port.onFatal(brokerError(errorCode, answer.errorMessage, `cannot produce to topic '${batch.topic}'`));
    }
  }

  /**
   * Sends a batch again later, unless its time or its attempts are over; the latter ends it with `failure`.
   * `uncertain` unless the broker cannot have it: an attempt that never left does not count.
   */
  retry(
    batch: ProducerBatch,
    stream: PartitionStream,
    { now, reason, failure, uncertain = true }: { now: number; reason: string; failure: BatchFailure; uncertain?: boolean },
  ): void {
    if (batch.isDone) return stream.queue.fail(batch);
    stream.lastError = reason;
    if (uncertain && batch.attempts >= this.options.retries) {
      stream.queue.fail(batch);
      return this.done(batch, failure);
    }
    if (stream.queue.retry(batch, now, uncertain) === 'expired') this.done(batch, this.timeout(stream));
    else this.waits(batch, stream);
  }

  /** Books the end of a batch. */
  done(batch: ProducerBatch, outcome: BatchOutcome): void {
    if (batch.isDone) return;
    batch.isDone = true;
    this.inFlight.delete(batch);
    this.port.onDone(batch, outcome);
    this.releaseIfFree(batch);
  }

  /** Ends what is in flight now, whatever its brokers make of it. */
  abandon(failure: BatchFailure): void {
    for (const batch of [...this.inFlight]) this.done(batch, failure);
  }

  /** The failure of a batch whose delivery time is over. */
  timeout(stream: PartitionStream): BatchFailure {
    const last = stream.leader === undefined ? 'the partition has no leader' : stream.lastError;
    const message = `not delivered within ${this.options.deliveryTimeoutMs} ms`;
    return { error: 'DELIVERY_TIMEOUT', message: last === undefined ? message : `${message}; last: ${last}` };
  }

  private outOfOrder(batch: ProducerBatch, stream: PartitionStream, failure: BatchFailure, now: number): void {
    const fate = stream.queue.outOfOrder(batch, now);
    if (fate === 'waiting') this.waits(batch, stream);
    else this.done(batch, fate === 'expired' ? this.timeout(stream) : failure);
  }

  private split(batch: ProducerBatch, stream: PartitionStream): void {
    stream.queue.split(batch, splitBatch(batch, this.options.codec));
    // Its pieces stand for it from here on.
    batch.isDone = true;
    this.waits(batch, stream);
    this.releaseIfFree(batch);
  }

  private waits(batch: ProducerBatch, stream: PartitionStream): void {
    this.inFlight.delete(batch);
    this.options.onWaiting(stream);
  }

  private releaseIfFree(batch: ProducerBatch): void {
    if (batch.isDone && batch.writes === 0) this.port.onReleased(batch);
  }
}

function failureOf({ errorCode, errorMessage, recordErrors }: PartitionAnswer): BatchFailure {
  const { name, message } = kafkaError(errorCode);
  const text = errorMessage ?? message;
  if (recordErrors.length === 0) return { error: name, message: text };
  const records = new Map(recordErrors.map((record) => [record.batchIndex, record.batchIndexErrorMessage ?? text]));
  return { error: name, message: text, records };
}
