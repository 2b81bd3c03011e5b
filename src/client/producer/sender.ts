import { CliError } from '../../core/errors.js';
import type { Codec } from '../../protocol/compression/codec.js';
import { decodeResponse } from '../../protocol/frame.js';
import type { ResponseBody } from '../../protocol/message.js';
import { Produce } from '../../protocol/messages/produce.js';
import type { BrokerConnection } from '../broker-connection.js';
import { ConnectionError } from '../connection-error.js';
import type { Wait } from '../waits.js';
import { BrokerLane, mayHaveArrived } from './broker-lane.js';
import type { Clock } from './clock.js';
import { encodeProduce, type ProducePart } from './encode-produce.js';
import { LeaderRefresh } from './leader-refresh.js';
import { Outcomes, type PartitionAnswer } from './outcomes.js';
import type { PartitionStream } from './partition-stream.js';
import type { ProducerBatch } from './producer-batch.js';
import type { ProducerSettings } from './producer-settings.js';
import type { BatchFailure, SenderPort } from './sender-port.js';

/** A request being put together. */
interface Selected {
  readonly lane: BrokerLane;
  readonly connection: BrokerConnection;
  readonly streams: PartitionStream[];
  size: number;
}

/** A request on its way. */
interface Sent {
  readonly lane: BrokerLane;
  readonly connection: BrokerConnection;
  readonly version: number;
  readonly batches: ReadonlyMap<ProducerBatch, PartitionStream>;
}

// Looking for batches whose time is over costs a walk over all of them.
const expiryCheckMs = 100;
// A request given less would only destroy its connection.
const shortestTimeoutMs = 500;

/** Sends the batches of all partitions to their leaders: whenever something has changed, whatever can go now goes. */
export class Sender {
  private readonly port: SenderPort;
  private readonly settings: ProducerSettings;
  private readonly clock: Clock;
  private readonly codec: Codec | undefined;
  private readonly lanes = new Map<number, BrokerLane>();
  /** Streams with an open or waiting batch. */
  private readonly active = new Set<PartitionStream>();
  private readonly outcomes: Outcomes;
  private readonly leaders: LeaderRefresh;
  /** What every batch that waits is to end with. */
  private refusal: BatchFailure | undefined;
  private isPumping = false;
  private pumpAgain = false;
  private isRenewing = false;
  private expiryCheckAt = 0;
  private wakeAt = Infinity;
  private cancelWake: () => void = () => {};

  constructor(port: SenderPort, settings: ProducerSettings, codec: Codec | undefined, clock: Clock) {
    this.port = port;
    this.settings = settings;
    this.codec = codec;
    this.clock = clock;
    this.leaders = new LeaderRefresh(() => port.refreshLeaders(), {
      clock,
      pauseMs: settings.retryBackoffMs,
      onDone: () => this.pump(),
    });
    this.outcomes = new Outcomes(port, {
      codec,
      deliveryTimeoutMs: settings.deliveryTimeoutMs,
      retries: settings.retries,
      onWaiting: (stream) => this.active.add(stream),
      onMoved: () => this.leaders.want(),
    });
  }

  /** The stream has an open or waiting batch. */
  activate(stream: PartitionStream): void {
    this.active.add(stream);
    this.wake(stream.dueAt);
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
      while (this.refusal === undefined && this.sendRound(now));
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
    this.outcomes.abandon(failure);
  }

  /** Which brokers let records wait. */
  *waits(now: number): Generator<Wait> {
    for (const lane of this.lanes.values()) yield* lane.waits(now);
  }

  stop(): void {
    this.cancelWake();
    this.leaders.stop();
  }

  private dropWaiting(failure: BatchFailure): void {
    for (const stream of this.active) {
      stream.seal();
      for (const batch of stream.queue.clear()) this.outcomes.done(batch, failure);
    }
  }

  private expire(now: number): void {
    this.expiryCheckAt = now + expiryCheckMs;
    for (const stream of this.active) {
      if (stream.open !== undefined && now >= stream.open.createdAt + this.settings.deliveryTimeoutMs) stream.seal();
      for (const batch of stream.queue.expire(now)) this.outcomes.done(batch, this.outcomes.timeout(stream));
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
    const { queue, leader } = stream;
    if (!queue.hasRoom(now) || (queue.waitingCount === 0 && stream.dueAt > now) || !this.port.admit(stream)) return;
    if (queue.need() !== undefined) return this.meetNeed(stream);
    if (leader === undefined) return this.leaders.want();
    const request = selected.get(leader) ?? this.newRequest(leader, now);
    if (request === undefined) return;
    // Only now, when it can travel: until then it may grow.
    if (queue.waitingCount === 0) stream.seal();
    const batch = queue.peek(now);
    if (batch === undefined) return;
    if (request.size > 0 && request.size + batch.size > this.settings.maxRequestSize) return;
    request.size += batch.size;
    request.streams.push(stream);
    selected.set(leader, request);
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
      { onReady: () => this.pump(), onUnreachable: (error) => this.unreachable(broker, error) },
    );
    this.lanes.set(broker, lane);
    return lane;
  }

  private unreachable(broker: number, error: CliError): void {
    if (isFinal(error)) return this.port.onFatal(error);
    for (const stream of this.active) if (stream.leader === broker) stream.lastError = error.message;
    this.leaders.want();
  }

  private transmit({ lane, connection, streams }: Selected, now: number): void {
    const { acks, requestTimeoutMs, transactionalId = null, deliveryTimeoutMs } = this.settings;
    let version: number;
    try {
      version = connection.version(Produce);
    } catch (error) {
      return this.port.onFatal(error as CliError); // version() throws nothing else
    }
    const batches = new Map<ProducerBatch, PartitionStream>();
    let deadline = Infinity;
    for (const stream of streams) {
      const batch = stream.queue.take(now);
      if (batch === undefined) continue;
      // Back in behind the others, so that each gets its turn.
      this.active.delete(stream);
      this.active.add(stream);
      batches.set(batch, stream);
      this.outcomes.sent(batch);
      deadline = Math.min(deadline, batch.createdAt + deliveryTimeoutMs);
    }
    const timeoutMs = Math.ceil(Math.min(requestTimeoutMs, Math.max(deadline - now, shortestTimeoutMs)));
    const envelope = { version, clientId: connection.clientId, acks, timeoutMs, transactionalId };
    const sent = { lane, connection, version, batches };
    const answer = lane.exchange(connection, {
      name: Produce.name,
      encode: (correlationId) => encodeProduce(envelope, correlationId, this.parts(batches.keys())),
      timeoutMs,
      answered: acks !== 0,
      onFlushed: () => {
        for (const batch of batches.keys()) this.outcomes.flushed(batch);
      },
    });
    void answer.then(
      (frame) => this.answered(sent, frame),
      (error: unknown) => this.lost(sent, error),
    );
  }

  private parts(batches: Iterable<ProducerBatch>): ProducePart[] {
    const transactional = this.settings.transactionalId !== undefined;
    return Array.from(batches, (batch) => {
      const { topic, partition } = batch;
      return { topic, partition, bytes: batch.finish(this.codec, transactional) };
    });
  }

  private answered(sent: Sent, frame: Buffer): void {
    if (this.settings.acks === 0) {
      for (const [batch, stream] of sent.batches) this.outcomes.written(batch, stream, undefined);
      return this.pump();
    }
    let body: ResponseBody<typeof Produce>;
    try {
      ({ body } = decodeResponse(Produce, sent.version, frame));
    } catch (error) {
      // What else is in flight on it is sent again on the next one, under the same sequence numbers.
      sent.connection.transport.destroy(unreadable(sent.connection, error));
      return this.lost(sent, error);
    }
    const now = this.clock.now();
    if (body.throttleTimeMs > 0) sent.lane.throttle(body.throttleTimeMs, now);
    const answers = answersByPartition(body);
    for (const [batch, stream] of sent.batches) {
      this.outcomes.judge(batch, stream, answers.get(`${stream.partition} ${stream.topic}`), now);
    }
    this.pump();
  }

  private lost({ batches }: Sent, error: unknown): void {
    const now = this.clock.now();
    const reason = error instanceof Error ? error.message : String(error);
    const uncertain = mayHaveArrived(error);
    const failure = { error: 'NETWORK_EXCEPTION', message: reason };
    for (const [batch, stream] of batches) this.outcomes.retry(batch, stream, { now, reason, failure, uncertain });
    if (error instanceof CliError && isFinal(error)) this.port.onFatal(error);
    this.leaders.want();
    this.pump();
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
    }
    this.isRenewing = false;
    this.pump();
  }

  private async prove(stream: PartitionStream): Promise<void> {
    const identity = stream.queue.doubtful;
    if (stream.isProving || identity === undefined) return;
    stream.isProving = true;
    const held = await this.port.lastSequence(stream, identity);
    stream.isProving = false;
    for (const batch of stream.queue.prove(held)) this.outcomes.done(batch, { baseOffset: undefined });
    this.pump();
  }

  /** Sets the timer for the next thing that time alone brings; what is possible already waits for an event instead. */
  private scheduleNext(): void {
    const now = this.clock.now();
    let at = Infinity;
    const consider = (time: number): void => {
      if (time > now && time < at) at = time;
    };
    for (const stream of this.active) {
      if (!stream.hasWork) continue;
      consider(stream.dueAt);
      consider(this.expiryCheckAt);
      consider(stream.queue.readyAt() ?? Infinity);
    }
    if (this.active.size > 0) for (const lane of this.lanes.values()) consider(lane.retryAt);
    this.wake(at);
  }

  private wake(at: number): void {
    if (at >= this.wakeAt) return;
    this.cancelWake();
    this.wakeAt = at;
    this.cancelWake = this.clock.after(Math.max(0, Math.ceil(at - this.clock.now())), () => {
      this.wakeAt = Infinity;
      this.pump();
    });
  }
}

function answersByPartition(body: ResponseBody<typeof Produce>): Map<string, PartitionAnswer> {
  const answers = new Map<string, PartitionAnswer>();
  for (const { name, partitionResponses } of body.responses) {
    for (const answer of partitionResponses) answers.set(`${answer.index} ${name}`, answer);
  }
  return answers;
}

function unreadable({ transport: { address } }: BrokerConnection, cause: unknown): ConnectionError {
  const text = `lost the connection to ${address}: an answer to Produce could not be read`;
  return new ConnectionError('connection', text, { address, sent: true, cause });
}

/** Errors that another attempt cannot mend. */
function isFinal({ code }: CliError): boolean {
  return code === 'authentication' || code === 'unsupported' || code === 'aborted';
}
