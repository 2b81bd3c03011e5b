import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PartitionQueue } from '../../../../src/client/producer/partition-queue.js';
import type { ProducerIdentity, SequencedBatch } from '../../../../src/client/producer/sequenced-batch.js';
import { FakePartition } from './fake-partition.js';

interface TestBatch extends SequencedBatch {
  readonly records: readonly number[];
}

interface Request {
  readonly batch: TestBatch;
  readonly identity: ProducerIdentity | undefined;
  readonly baseSequence: number;
}

interface Answer {
  readonly batch: TestBatch;
  readonly code: number | 'lost';
}

const retriableBeforeAppend = 19;
const retriableAfterAppend = 20;
const fatal = 87; // INVALID_RECORD
const tooLarge = 10;
const outOfOrder = 45;

/** One partition queue, one fake leader, one connection between them, and a tape of numbers that decides what happens next. */
class Simulation {
  readonly partition = new FakePartition<number>();
  readonly acknowledged: number[] = [];
  readonly failed: number[] = [];
  appended = 0;
  private now = 0;
  private nextProducerId = 7n;
  private readonly queue: PartitionQueue<TestBatch>;
  private wire: Request[] = [];
  private answers: Answer[] = [];

  constructor(startSequence: number) {
    this.queue = new PartitionQueue({
      idempotent: true,
      transactional: false,
      maxInFlight: 5,
      deliveryTimeoutMs: 120,
      backoffMs: 1,
      backoffMaxMs: 8,
    });
    this.queue.setIdentity({ producerId: this.nextProducerId, epoch: 0 });
    this.startAt(startSequence);
  }

  /** Writes one huge batch, so that the sequences under test wrap. */
  private startAt(sequence: number): void {
    if (sequence === 0) return;
    this.queue.push(this.batch([], sequence));
    const batch = this.queue.take(0);
    if (batch === undefined) throw new Error('nothing to take');
    expect(this.partition.append(batch.identity, batch.baseSequence, [], batch.count)).toBe(0);
    this.queue.acknowledge(batch);
  }

  private batch(records: readonly number[], count = records.length): TestBatch {
    const firstRecord = records[0] ?? -1;
    return {
      firstRecord,
      count,
      records,
      createdAt: this.now,
      attempts: 0,
      identity: undefined,
      baseSequence: -1,
      uncertain: false,
    };
  }

  step(choice: number): void {
    const kind = choice % 20;
    const detail = Math.floor(choice / 20);
    if (kind < 5) this.push(1 + (detail % 4));
    else if (kind < 9) this.send();
    else if (kind < 13) this.process('append');
    else if (kind < 16) this.answer();
    else this.disturb(kind, detail);
  }

  private disturb(kind: number, detail: number): void {
    this.now += detail % 60 === 0 ? 60 : detail % 7;
    if (kind === 16) return this.process((['reject', 'append-late', 'fatal', 'too-large'] as const)[detail % 4] ?? 'reject');
    if (kind === 17) return this.loseConnection(detail % 6);
    if (kind === 18 && this.wire.length === 0 && this.answers.length === 0) this.partition.forgetAllButTheLastBatch();
    this.expire();
  }

  private push(count: number): void {
    const records = Array.from({ length: count }, (_, index) => this.appended + index);
    this.appended += count;
    this.queue.push(this.batch(records));
  }

  private send(): void {
    const need = this.queue.need();
    if (need === 'identity') this.queue.setIdentity({ producerId: ++this.nextProducerId, epoch: 0 });
    if (need === 'proof')
      for (const batch of this.queue.prove(this.partition.lastSequence(this.nextProducerId))) this.written(batch);
    const batch = this.queue.take(this.now);
    if (batch !== undefined) this.wire.push({ batch, identity: batch.identity, baseSequence: batch.baseSequence });
    expect(this.queue.inFlightCount).toBeLessThanOrEqual(5);
  }

  private process(how: 'append' | 'append-late' | 'reject' | 'fatal' | 'too-large'): void {
    const request = this.wire.shift();
    if (request === undefined) return;
    const { batch } = request;
    if (how === 'reject') this.answers.push({ batch, code: retriableBeforeAppend });
    else if (how === 'fatal') this.answers.push({ batch, code: fatal });
    else if (how === 'too-large' && batch.count > 1 && !batch.uncertain) this.answers.push({ batch, code: tooLarge });
    else {
      const code = this.partition.append(request.identity, request.baseSequence, batch.records);
      this.answers.push({ batch, code: code === 0 && how === 'append-late' ? retriableAfterAppend : code });
    }
  }

  /** The broker handles the first `handled` requests it has got, and no answer arrives any more. */
  private loseConnection(handled: number): void {
    for (let index = 0; index < handled; index++) this.process('append');
    const lost = [...this.answers, ...this.wire];
    this.wire = [];
    this.answers = lost.map(({ batch }) => ({ batch, code: 'lost' }));
    while (this.answers.length > 0) this.answer();
  }

  private answer(): void {
    const answer = this.answers.shift();
    if (answer === undefined) return;
    const { batch, code } = answer;
    if (code === 0) return this.acknowledge(batch);
    if (code === fatal) return this.giveUp(batch);
    if (code === tooLarge) return this.split(batch);
    const outcome = code === outOfOrder ? this.queue.outOfOrder(batch, this.now) : this.queue.retry(batch, this.now, true);
    if (outcome !== 'waiting') this.failed.push(...batch.records);
  }

  private acknowledge(batch: TestBatch): void {
    this.queue.acknowledge(batch);
    this.written(batch);
  }

  private written(batch: TestBatch): void {
    this.acknowledged.push(...batch.records);
  }

  private giveUp(batch: TestBatch): void {
    this.queue.fail(batch);
    this.failed.push(...batch.records);
  }

  private split(batch: TestBatch): void {
    const half = Math.ceil(batch.count / 2);
    const pieces = [batch.records.slice(0, half), batch.records.slice(half)];
    this.queue.split(
      batch,
      pieces.map((records) => ({ ...this.batch(records), createdAt: batch.createdAt })),
    );
  }

  private expire(): void {
    for (const batch of this.queue.expire(this.now)) this.failed.push(...batch.records);
  }

  /** A calm cluster from here on: everything left is sent and answered. */
  finish(): void {
    for (let round = 0; this.queue.waitingCount + this.queue.inFlightCount > 0; round++) {
      if (round > 10_000) throw new Error('the queue does not come to rest');
      this.send();
      this.process('append');
      this.answer();
      this.now++;
      this.expire();
    }
  }
}

const tape = fc.array(fc.nat(20 * 6000), { minLength: 1, maxLength: 300 });
const start = fc.constantFrom(0, 0, 2 ** 31 - 5, 2 ** 31 - 1);

test('whatever is lost, refused or delayed: acknowledged records are in the log exactly once, in order, and all are accounted for', () => {
  fc.assert(
    fc.property(tape, start, (choices, startSequence) => {
      const simulation = new Simulation(startSequence);
      for (const choice of choices) simulation.step(choice);
      simulation.finish();

      const { log } = simulation.partition;
      for (let index = 1; index < log.length; index++) expect(log[index]).toBeGreaterThan(log[index - 1] ?? Infinity);
      const written = new Set(log);
      for (const record of simulation.acknowledged) expect(written.has(record)).toBe(true);
      const all = [...simulation.acknowledged, ...simulation.failed].sort((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: simulation.appended }, (_, index) => index));
    }),
    { numRuns: 3000 },
  );
});
