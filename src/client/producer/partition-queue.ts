import { isWithin, lastEpoch, sequenceAfter, type ProducerIdentity, type SequencedBatch } from './sequenced-batch.js';

export interface PartitionQueueSettings {
  readonly idempotent: boolean;
  /** A lost batch must abort the transaction; it cannot be written again under another epoch. */
  readonly transactional: boolean;
  /** Batches of this partition that may be unanswered at once: at most 5, as far as a broker remembers sequences. */
  readonly maxInFlight: number;
  readonly deliveryTimeoutMs: number;
  /** First and longest pause before a batch is sent again; doubles in between. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
}

/** What became of a batch that was not accepted: it waits for its next turn, its time is up, or it can never be accepted. */
export type Requeued = 'waiting' | 'expired' | 'failed';

/** What the queue cannot find out by itself. */
export type QueueNeed = 'identity' | 'proof';

/**
 * - `probing`: one batch at a time, until the broker has accepted one. A broker without state of our producer id takes any
 *   sequence, so a second batch in flight could overtake a first one that was turned away.
 * - `streaming`: up to `maxInFlight` at once; the broker's sequence check keeps their order.
 * - `draining`: a batch came back; nothing is sent until all others have.
 */
type Mode = 'probing' | 'streaming' | 'draining';

/**
 * The order of one partition's batches, and the sequence numbers that make the broker keep it (KIP-98, KIP-360). Pure: no
 * clock, no sockets. The caller sends what {@link take} gives and reports the outcome of every batch taken, once.
 */
export class PartitionQueue<B extends SequencedBatch> {
  private readonly settings: PartitionQueueSettings;
  /** Not in flight, by `firstRecord`; those with a sequence come before those without. */
  private readonly waiting: B[] = [];
  private readonly inFlight = new Set<B>();
  private identity: ProducerIdentity | undefined;
  private nextSequence = 0;
  private mode: Mode = 'probing';
  /** The broker will never see some sequence below `nextSequence`, so the epoch must change before anything else is sent. */
  private gap = false;
  private proofGiven = false;
  private notBefore = 0;

  constructor(settings: PartitionQueueSettings) {
    this.settings = settings;
  }

  get waitingCount(): number {
    return this.waiting.length;
  }

  get inFlightCount(): number {
    return this.inFlight.size;
  }

  /** The batch that is to be sent first. */
  get first(): B | undefined {
    return this.waiting[0];
  }

  /** Adds a batch behind all others. */
  push(batch: B): void {
    this.waiting.push(batch);
  }

  /** Starts over with a new identity. Nothing may be in flight. */
  setIdentity(identity: ProducerIdentity): void {
    this.startSequences(identity);
  }

  /** What keeps the queue from sending: a new producer id, or the broker's word on which batches it holds. */
  need(): QueueNeed | undefined {
    if (!this.settings.idempotent || this.inFlight.size > 0 || this.waiting.length === 0) return undefined;
    if (this.identity === undefined) return 'identity';
    if (!this.gap) return undefined;
    if (this.waiting[0]?.uncertain === true && !this.proofGiven) return 'proof';
    return this.identity.epoch === lastEpoch ? 'identity' : undefined;
  }

  /** When {@link take} should be asked again, in milliseconds; undefined when only an outcome or a push can change its answer. */
  readyAt(): number | undefined {
    return this.waiting.length > 0 && this.inFlight.size < this.window() ? this.notBefore : undefined;
  }

  /** Whether a batch pushed now could be taken at once, were nothing else needed. */
  hasRoom(now: number): boolean {
    return this.inFlight.size < this.window() && now >= this.notBefore;
  }

  /** The identity that `proof` is needed for. */
  get doubtful(): ProducerIdentity | undefined {
    return this.waiting[0]?.identity;
  }

  /** The batch {@link take} would give, without taking it. */
  peek(now: number): B | undefined {
    if (!this.hasRoom(now) || this.need() !== undefined) return undefined;
    return this.waiting[0];
  }

  /** Takes the batch to be sent next; undefined when there is none or it must wait. */
  take(now: number): B | undefined {
    const batch = this.peek(now);
    if (batch === undefined) return undefined;
    if (this.gap) this.bumpEpoch();
    if (this.mode === 'draining') this.mode = 'probing';
    this.waiting.shift();
    this.inFlight.add(batch);
    if (this.settings.idempotent && batch.baseSequence < 0) {
      batch.identity = this.identity;
      batch.baseSequence = this.nextSequence;
      this.nextSequence = sequenceAfter(this.nextSequence, batch.count);
    }
    return batch;
  }

  /** The broker has the batch: it said so, or called it a duplicate. */
  acknowledge(batch: B): void {
    this.inFlight.delete(batch);
    if (this.mode === 'probing') this.mode = 'streaming';
  }

  /** An attempt that may be repeated: a retriable error, or no answer (then, and for most errors, `uncertain`). */
  retry(batch: B, now: number, uncertain: boolean): Requeued {
    this.inFlight.delete(batch);
    batch.uncertain ||= uncertain;
    batch.attempts++;
    if (now >= this.deadlineOf(batch)) {
      this.forget(batch);
      return 'expired';
    }
    this.pause(batch, now);
    this.putBack([batch]);
    return 'waiting';
  }

  /**
   * The broker misses a sequence before the batch's. Expected behind a batch that came back; the first unanswered one proves
   * that something is lost, and then the rest is renumbered under the next epoch, once nothing is in flight (KIP-360).
   */
  outOfOrder(batch: B, now: number): Requeued {
    this.inFlight.delete(batch);
    if (this.isFirstSequenced(batch)) {
      if (this.settings.transactional) {
        this.forget(batch);
        return 'failed';
      }
      this.gap = true;
      batch.attempts++;
      this.pause(batch, now);
    }
    if (now >= this.deadlineOf(batch)) {
      this.forget(batch);
      return 'expired';
    }
    this.putBack([batch]);
    return 'waiting';
  }

  /** The broker will never take the batch. */
  fail(batch: B): void {
    this.inFlight.delete(batch);
    this.forget(batch);
  }

  /** Replaces a batch that is too large by its pieces, which share out its sequence numbers. */
  split(batch: B, pieces: readonly B[]): void {
    this.inFlight.delete(batch);
    let sequence = batch.baseSequence;
    for (const piece of pieces) {
      piece.attempts = batch.attempts;
      if (batch.baseSequence < 0) continue;
      piece.identity = batch.identity;
      piece.baseSequence = sequence;
      piece.uncertain = batch.uncertain;
      sequence = sequenceAfter(sequence, piece.count);
    }
    this.putBack(pieces);
  }

  /** Removes and returns the waiting batches whose delivery time is over. */
  expire(now: number): B[] {
    const expired = this.waiting.filter((batch) => now >= this.deadlineOf(batch));
    for (const batch of expired) this.drop(batch);
    return expired;
  }

  /** Removes and returns everything that waits; the caller gives up on it. */
  clear(): B[] {
    const dropped = [...this.waiting];
    for (const batch of dropped) this.drop(batch);
    return dropped;
  }

  /** The earliest end of delivery time among waiting batches. */
  nextDeadline(): number | undefined {
    return this.waiting.reduce<number | undefined>((earliest, batch) => {
      const deadline = this.deadlineOf(batch);
      return earliest === undefined || deadline < earliest ? deadline : earliest;
    }, undefined);
  }

  /**
   * Answers the need for `proof` with the last sequence the leader holds of our identity; undefined when that cannot be
   * learned. Returns the batches that turn out to be written.
   */
  prove(held: { readonly epoch: number; readonly lastSequence: number } | undefined): B[] {
    this.proofGiven = true;
    const written: B[] = [];
    for (let first = this.waiting[0]; held !== undefined && first !== undefined; first = this.waiting[0]) {
      const last = sequenceAfter(first.baseSequence, first.count - 1);
      if (first.baseSequence < 0 || first.identity?.epoch !== held.epoch || !isWithin(last, held.lastSequence)) break;
      this.waiting.shift();
      written.push(first);
    }
    return written;
  }

  private pause({ attempts }: B, now: number): void {
    const pause = Math.min(this.settings.backoffMaxMs, this.settings.backoffMs * 2 ** Math.min(attempts - 1, 20));
    this.notBefore = Math.max(this.notBefore, now + pause);
  }

  private deadlineOf(batch: B): number {
    return batch.createdAt + this.settings.deliveryTimeoutMs;
  }

  private window(): number {
    // Without sequences only one at a time keeps the order when an attempt fails.
    return this.settings.idempotent && this.mode === 'streaming' ? this.settings.maxInFlight : 1;
  }

  private isFirstSequenced(batch: B): boolean {
    const before = (other: B): boolean => other.baseSequence >= 0 && other.firstRecord < batch.firstRecord;
    return !this.waiting.some(before) && ![...this.inFlight].some(before);
  }

  private isLastSequenced(batch: B): boolean {
    const after = (other: B): boolean => other.baseSequence >= 0 && other.firstRecord > batch.firstRecord;
    return !this.waiting.some(after) && ![...this.inFlight].some(after);
  }

  private putBack(batches: readonly B[]): void {
    this.mode = 'draining';
    const order = (batches[0] as B).firstRecord; // callers put back at least one batch
    const behind = this.waiting.findIndex((other) => other.firstRecord > order);
    this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, ...batches);
  }

  private drop(batch: B): void {
    this.waiting.splice(this.waiting.indexOf(batch), 1);
    this.forget(batch);
  }

  /** Gives up a batch. Its sequences may be missing now; when it may have been written, the next one's answer will tell. */
  private forget(batch: B): void {
    if (batch.baseSequence < 0) return;
    this.mode = 'draining';
    if (!batch.uncertain || this.isLastSequenced(batch)) this.gap = true;
  }

  private bumpEpoch(): void {
    const { producerId, epoch } = this.identity as ProducerIdentity; // need() asked for one otherwise
    this.startSequences({ producerId, epoch: epoch + 1 });
  }

  private startSequences(identity: ProducerIdentity): void {
    this.identity = identity;
    this.nextSequence = 0;
    this.mode = 'probing';
    this.gap = false;
    this.proofGiven = false;
    for (const batch of this.waiting) {
      batch.identity = undefined;
      batch.baseSequence = -1;
      batch.uncertain = false;
    }
  }
}
