import { CliError } from '../../core/errors.js';
import type { Codec } from '../../protocol/compression/codec.js';
import { kafkaError } from '../../protocol/errors.js';
import { decodeResponse } from '../../protocol/frame.js';
import type { ResponseBody } from '../../protocol/message.js';
import { Produce } from '../../protocol/messages/produce.js';
import type { BrokerConnection } from '../broker-connection.js';
import { brokerError } from '../broker-error.js';
import { BrokerLane, mayHaveArrived } from './broker-lane.js';
import type { Clock } from './clock.js';
import { encodeProduce } from './encode-produce.js';
import type { PartitionStream } from './partition-stream.js';
import { produceVerdict } from './produce-verdict.js';
import type { ProducerBatch } from './producer-batch.js';
import type { ProducerSettings } from './producer-settings.js';
import type { ProducerIdentity } from './sequenced-batch.js';
import { splitBatch } from './split-batch.js';

type PartitionAnswer = ResponseBody<typeof Produce>['responses'][number]['partitionResponses'][number];

/** Why a batch failed. */
export interface BatchFailure {
  /** Kafka's name of the error, or one of ours: DELIVERY_TIMEOUT, ABORTED. */
  readonly error: string;
  readonly message: string;
  /** Records that the broker named, by index, with what it said of each. */
  readonly records?: ReadonlyMap<number, string>;
}

export type BatchOutcome = { readonly baseOffset: bigint | undefined } | BatchFailure;

/** What the sender asks of the rest of the producer. */
export interface SenderPort {
  connection(broker: number): Promise<BrokerConnection>;
  /** Looks up the leaders of all streams again and sets them. */
  refreshLeaders(): Promise<void>;
  /** A new producer id, for streams that used up the epochs of theirs. */
  newIdentity(): Promise<ProducerIdentity>;
  /** The last sequence that the leader holds of an identity; undefined when it cannot be learned. */
  lastSequence(stream: PartitionStream, identity: ProducerIdentity): Promise<{ epoch: number; lastSequence: number } | undefined>;
  /** Whether the stream may send now; in transactions only once the coordinator knows the partition. */
  admit(stream: PartitionStream): boolean;
  /** A batch came to its end. Called once for each. */
  onDone(batch: ProducerBatch, outcome: BatchOutcome): void;
  /** A batch's bytes are read by nobody any more, and it is done or was replaced by its pieces. */
  onReleased(batch: ProducerBatch): void;
  /** Nothing can be produced any more. */
  onFatal(error: CliError): void;
}

interface Selected {
  readonly lane: BrokerLane;
  readonly connection: BrokerConnection;
  readonly streams: PartitionStream[];
  size: number;
}

// Looking for batches whose time is over costs a walk over all of them.
const expiryCheckMs = 100;
// A request given less would only destroy its connection.
const shortestTimeoutMs = 500;

/** Sends the batches of all partitions to their leaders and deals with the answers. */
export class Sender {
  private readonly port: SenderPort;
  private readonly settings: ProducerSettings;
  private readonly clock: Clock;
  private readonly codec: Codec | undefined;
  private readonly lanes = new Map<number, BrokerLane>();
  private readonly active = new Set<PartitionStream>();
  private readonly inFlight = new Set<ProducerBatch>();
  private isPumping = false;
  private pumpAgain = false;
  private isRefreshing = false;
  private refreshAt: number | undefined;
  private lastRefresh = -Infinity;
  private isRenewing = false;
  /** What every batch that waits is to end with. */
  private refusal: BatchFailure | undefined;
  private expiryCheckAt = 0;
  private wakeAt = Infinity;
  private cancelWake: () => void = () => {};

  constructor(port: SenderPort, settings: ProducerSettings, codec: Codec | undefined, clock: Clock) {
    this.port = port;
    this.settings = settings;
    this.codec = codec;
    this.clock = clock;
  }

  /** The stream has an open or waiting batch. */
  activate(stream: PartitionStream): void {
    this.active.add(stream);
    if (stream.dueAt < this.wakeAt) this.wake(stream.dueAt);
  }

  /** Sends all that can be sent now. */
  pump(): void {
    this.pumpAgain = true;
    if (this.isPumping) return;
    this.isPumping = true;
    while (this.pumpAgain) {
      this.pumpAgain = false;
      const now = this.clock.now();
      if (this.refusal !== undefined) this.dropWaiting(this.refusal);
      if (now >= this.expiryCheckAt) this.expire(now);
      while (this.sendRound(now));
    }
    this.isPumping = false;
    this.scheduleNext();
  }

  /** Ends every batch that waits, comes back or is added, until told otherwise; those in flight end with their answers. */
  refuse(failure: BatchFailure | undefined): void {
    this.refusal = failure;
    this.pump();
  }

  /** As {@link refuse}, and the batches in flight end now, whatever their brokers make of them. */
  abandon(failure: BatchFailure): void {
    this.refuse(failure);
    for (const batch of [...this.inFlight]) this.done(batch, failure);
  }

  stop(): void {
    this.cancelWake();
    this.wakeAt = Infinity;
  }

  private dropWaiting(failure: BatchFailure): void {
    for (const stream of this.active) {
      stream.seal();
      for (const batch of stream.queue.clear()) this.done(batch, failure);
    }
  }

  /** One request to every broker that has a place for one and something to get. */
  private sendRound(now: number): boolean {
    const selected = new Map<number, Selected>();
    for (const stream of this.active) {
      if (!stream.hasWork) this.active.delete(stream);
      else this.select(stream, now, selected);
    }
    for (const request of selected.values()) this.transmit(request, now);
    return selected.size > 0;
  }

  private select(stream: PartitionStream, now: number, selected: Map<number, Selected>): void {
    const { queue } = stream;
    if (!queue.hasRoom(now) || (queue.waitingCount === 0 && stream.dueAt > now) || !this.port.admit(stream)) return;
    if (queue.need() !== undefined) return this.meetNeed(stream);
    if (stream.leader === undefined) return this.wantLeaders(now);
    const request = selected.get(stream.leader) ?? this.newRequest(stream.leader, now);
    if (request === undefined) return;
    // Only now, when it can travel: until then it may grow.
    if (queue.waitingCount === 0) stream.seal();
    const batch = queue.peek(now);
    if (batch === undefined) return;
    if (request.size > 0 && request.size + batch.size > this.settings.maxRequestSize) return;
    request.size += batch.size;
    request.streams.push(stream);
    selected.set(stream.leader, request);
  }

  private newRequest(broker: number, now: number): Selected | undefined {
    const lane = this.lane(broker);
    const connection = lane.connection(now);
    return connection === undefined ? undefined : { lane, connection, streams: [], size: 0 };
  }

  private lane(broker: number): BrokerLane {
    const known = this.lanes.get(broker);
    if (known !== undefined) return known;
    const { maxInFlight, retryBackoffMs: backoffMs, retryBackoffMaxMs: backoffMaxMs } = this.settings;
    const lane = new BrokerLane(
      () => this.port.connection(broker),
      { maxInFlight, backoffMs, backoffMaxMs },
      { onReady: () => this.pump(), onUnreachable: (error) => this.unreachable(error) },
    );
    this.lanes.set(broker, lane);
    return lane;
  }

  private unreachable(error: CliError): void {
    if (isFinal(error)) this.port.onFatal(error);
    else this.wantLeaders(this.clock.now());
  }

  private transmit({ lane, connection, streams }: Selected, now: number): void {
    const { acks, requestTimeoutMs, transactionalId = null, deliveryTimeoutMs } = this.settings;
    const batches: ProducerBatch[] = [];
    const byBatch = new Map<ProducerBatch, PartitionStream>();
    let version: number;
    try {
      version = connection.version(Produce);
    } catch (error) {
      return this.port.onFatal(error as CliError); // version() throws nothing else
    }
    let deadline = Infinity;
    for (const stream of streams) {
      const batch = stream.queue.take(now);
      if (batch === undefined) continue;
      this.active.delete(stream); // and back in behind the others, so that each gets its turn
      this.active.add(stream);
      this.inFlight.add(batch);
      batches.push(batch);
      byBatch.set(batch, stream);
      batch.writes++;
      deadline = Math.min(deadline, batch.createdAt + deliveryTimeoutMs);
    }
    const timeoutMs = Math.min(requestTimeoutMs, Math.max(deadline - now, shortestTimeoutMs));
    const envelope = { version, clientId: connection.clientId, acks, timeoutMs: Math.ceil(timeoutMs), transactionalId };
    const answer = lane.exchange(connection, {
      name: Produce.name,
      encode: (correlationId) =>
        encodeProduce(
          envelope,
          correlationId,
          batches.map((batch) => this.part(batch)),
        ),
      timeoutMs,
      answered: acks !== 0,
      onFlushed: () => {
        for (const batch of batches) {
          batch.writes--;
          this.releaseIfFree(batch);
        }
      },
    });
    void answer.then(
      (frame) => this.answered({ lane, connection, version }, byBatch, frame),
      (error: unknown) => this.lost(lane, byBatch, error),
    );
  }

  private part(batch: ProducerBatch): { topic: string; partition: number; bytes: Buffer } {
    const bytes = batch.finish(this.codec, this.settings.transactionalId !== undefined);
    return { topic: batch.topic, partition: batch.partition, bytes };
  }

  private answered(
    { lane, connection, version }: { lane: BrokerLane; connection: BrokerConnection; version: number },
    byBatch: ReadonlyMap<ProducerBatch, PartitionStream>,
    frame: Buffer,
  ): void {
    if (this.settings.acks === 0) {
      for (const [batch, stream] of byBatch) {
        stream.queue.acknowledge(batch);
        this.done(batch, { baseOffset: undefined });
      }
      return this.pump();
    }
    let body: ResponseBody<typeof Produce>;
    try {
      ({ body } = decodeResponse(Produce, version, frame));
    } catch (error) {
      connection.transport.destroy();
      return this.lost(lane, byBatch, error);
    }
    const now = this.clock.now();
    if (body.throttleTimeMs > 0) lane.retryAt = Math.max(lane.retryAt, now + body.throttleTimeMs);
    const answers = new Map<string, PartitionAnswer>();
    for (const { name, partitionResponses } of body.responses) {
      for (const answer of partitionResponses) answers.set(`${answer.index} ${name}`, answer);
    }
    for (const [batch, stream] of byBatch) {
      if (batch.isDone) {
        stream.queue.fail(batch);
        continue;
      }
      const answer = answers.get(`${stream.partition} ${stream.topic}`);
      if (answer === undefined) this.retry(batch, stream, now, 'the broker did not answer for this partition');
      else this.judge(batch, stream, answer, now);
    }
    this.pump();
  }

  private judge(batch: ProducerBatch, stream: PartitionStream, answer: PartitionAnswer, now: number): void {
    const { queue } = stream;
    const failure = failureOf(answer);
    switch (produceVerdict(answer.errorCode, batch)) {
      case 'written':
        queue.acknowledge(batch);
        return this.done(batch, { baseOffset: answer.baseOffset < 0n ? undefined : answer.baseOffset });
      case 'retry':
        if (kafkaError(answer.errorCode).refresh === 'metadata') this.wantLeaders(now);
        return this.retry(batch, stream, now, `${failure.error}: ${failure.message}`);
      case 'out-of-order': {
        const outcome = queue.outOfOrder(batch, now);
        this.inFlight.delete(batch);
        this.active.add(stream);
        if (outcome === 'failed') this.done(batch, failure);
        else if (outcome === 'expired') this.done(batch, this.timeout(stream));
        return;
      }
      case 'split':
        queue.split(batch, splitBatch(batch, this.codec));
        batch.isDone = true;
        this.inFlight.delete(batch);
        this.active.add(stream);
        return this.releaseIfFree(batch);
      case 'fatal':
      case 'failed':
        queue.fail(batch);
        this.done(batch, failure);
        if (produceVerdict(answer.errorCode, batch) !== 'fatal') return;
        return this.port.onFatal(brokerError(answer.errorCode, answer.errorMessage, `cannot produce to topic '${batch.topic}'`));
    }
  }

  private retry(batch: ProducerBatch, stream: PartitionStream, now: number, reason: string, uncertain = true): void {
    stream.lastError = reason;
    this.inFlight.delete(batch);
    if (stream.queue.retry(batch, now, uncertain) === 'expired') this.done(batch, this.timeout(stream));
    else this.active.add(stream);
  }

  private lost(lane: BrokerLane, byBatch: ReadonlyMap<ProducerBatch, PartitionStream>, error: unknown): void {
    const now = this.clock.now();
    const reason = error instanceof Error ? error.message : String(error);
    lane.lastError = reason;
    for (const [batch, stream] of byBatch) {
      if (batch.isDone) stream.queue.fail(batch);
      else this.retry(batch, stream, now, reason, mayHaveArrived(error));
    }
    if (error instanceof CliError && isFinal(error)) this.port.onFatal(error);
    this.wantLeaders(now);
    this.pump();
  }

  private done(batch: ProducerBatch, outcome: BatchOutcome): void {
    if (batch.isDone) return;
    batch.isDone = true;
    this.inFlight.delete(batch);
    this.port.onDone(batch, outcome);
    this.releaseIfFree(batch);
  }

  private releaseIfFree(batch: ProducerBatch): void {
    if (batch.isDone && batch.writes === 0) this.port.onReleased(batch);
  }

  private timeout(stream: PartitionStream): BatchFailure {
    const lane = stream.leader === undefined ? undefined : this.lanes.get(stream.leader);
    const last = stream.lastError ?? lane?.lastError ?? (stream.leader === undefined ? 'the partition has no leader' : undefined);
    const message = `not delivered within ${this.settings.deliveryTimeoutMs} ms`;
    return { error: 'DELIVERY_TIMEOUT', message: last === undefined ? message : `${message}; last: ${last}` };
  }

  private expire(now: number): void {
    this.expiryCheckAt = now + expiryCheckMs;
    for (const stream of this.active) {
      if (stream.open !== undefined && now >= stream.open.createdAt + this.settings.deliveryTimeoutMs) stream.seal();
      for (const batch of stream.queue.expire(now)) this.done(batch, this.timeout(stream));
    }
  }

  private meetNeed(stream: PartitionStream): void {
    if (stream.queue.need() === 'identity') void this.renew();
    else void this.prove(stream);
  }

  private async renew(): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    try {
      const identity = await this.port.newIdentity();
      for (const { queue } of this.active) if (queue.need() === 'identity') queue.setIdentity(identity);
    } catch (error) {
      this.port.onFatal(error instanceof CliError ? error : new CliError('broker', String(error), { cause: error }));
    } finally {
      this.isRenewing = false;
    }
    this.pump();
  }

  private async prove(stream: PartitionStream): Promise<void> {
    const identity = stream.queue.doubtful;
    if (stream.isProving || identity === undefined) return;
    stream.isProving = true;
    const held = await this.port.lastSequence(stream, identity);
    stream.isProving = false;
    for (const batch of stream.queue.prove(held)) this.done(batch, { baseOffset: undefined });
    this.pump();
  }

  /** Asks for fresh metadata, not more often than the retry pause. */
  private wantLeaders(now: number): void {
    if (this.isRefreshing || this.refreshAt !== undefined) return;
    this.refreshAt = Math.max(now, this.lastRefresh + this.settings.retryBackoffMs);
    if (this.refreshAt <= now) void this.refresh();
    else this.wake(this.refreshAt);
  }

  private async refresh(): Promise<void> {
    this.refreshAt = undefined;
    this.isRefreshing = true;
    try {
      await this.port.refreshLeaders();
    } catch {
      // No broker answers now; the streams stay where they are until one does or their time is over.
    } finally {
      this.isRefreshing = false;
      this.lastRefresh = this.clock.now();
    }
    this.pump();
  }

  /** Sets the timer for the next thing that time alone brings; what is possible already waits for an event instead. */
  private scheduleNext(): void {
    const now = this.clock.now();
    let at = this.refreshAt ?? Infinity;
    const consider = (time: number): void => {
      if (time > now && time < at) at = time;
    };
    for (const stream of this.active) {
      if (!stream.hasWork) continue;
      consider(stream.dueAt);
      consider(this.expiryCheckAt);
      consider(stream.queue.readyAt() ?? Infinity);
    }
    for (const lane of this.lanes.values()) consider(lane.retryAt);
    if (at !== Infinity) this.wake(at);
  }

  private wake(at: number): void {
    if (at >= this.wakeAt) return;
    this.cancelWake();
    this.wakeAt = at;
    this.cancelWake = this.clock.after(Math.max(0, Math.ceil(at - this.clock.now())), () => {
      this.wakeAt = Infinity;
      if (this.refreshAt !== undefined && this.clock.now() >= this.refreshAt) void this.refresh();
      this.pump();
    });
  }
}

/** Errors that another attempt cannot mend. */
function isFinal({ code }: CliError): boolean {
  return code === 'authentication' || code === 'unsupported' || code === 'aborted';
}

function failureOf({ errorCode, errorMessage, recordErrors }: PartitionAnswer): BatchFailure {
  const { name, message } = kafkaError(errorCode);
  const text = errorMessage ?? message;
  if (recordErrors.length === 0) return { error: name, message: text };
  const records = new Map(recordErrors.map((record) => [record.batchIndex, record.batchIndexErrorMessage ?? text]));
  return { error: name, message: text, records };
}
