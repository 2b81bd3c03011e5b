import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LiveProducer } from '../../../../src/client/producer/live-producer.js';
import type { ProducerSettings } from '../../../../src/client/producer/producer-settings.js';
import { emptyRecordRange } from '../../../../src/core/record-formats/record-range.js';
import { FakeClock } from './fake-clock.js';
import { FakeCluster } from './fake-cluster.js';

const partitionCount = 3;
const topic = 'orders';

/** A producer on two fake brokers, and a tape of numbers that decides what happens next. */
class Run {
  readonly cluster = new FakeCluster({ [topic]: partitionCount });
  readonly clock = new FakeClock();
  /** Tags by outcome. */
  readonly acknowledged: number[] = [];
  readonly failed: number[] = [];
  appended = 0;
  private producer: LiveProducer | undefined;
  private readonly settings: Partial<ProducerSettings>;

  constructor(settings: Partial<ProducerSettings>) {
    this.settings = settings;
  }

  async start(): Promise<void> {
    const onDelivery: ProducerSettings['onDelivery'] = (delivery) => {
      const outcome = delivery.error === undefined ? this.acknowledged : this.failed;
      for (let index = 0; index < delivery.count; index++) outcome.push(delivery.tagAt(index));
    };
    this.producer = await LiveProducer.open(this.cluster.asCluster, { ...this.settings, topics: [topic], onDelivery }, this.clock);
  }

  async step(choice: number): Promise<void> {
    const kind = choice % 24;
    const detail = Math.floor(choice / 24);
    if (kind < 6) this.append(1 + (detail % 9), Math.floor(detail / 9) % partitionCount);
    else if (kind < 10) this.cluster.flush();
    else if (kind < 14) this.cluster.process();
    else if (kind < 18) this.cluster.deliver();
    else this.disturb(kind, detail);
    await tick();
  }

  private disturb(kind: number, detail: number): void {
    const { cluster } = this;
    const state = cluster.state(topic, detail % partitionCount);
    if (kind === 18) this.clock.advance(detail % 40 === 0 ? 500 : 1 + (detail % 20));
    else if (kind === 19) cluster.process(() => ({ code: [19, 20, 7, 3][detail % 4] ?? 19, late: detail % 4 === 1 }));
    else if (kind === 20) cluster.breakConnection(detail % 2, Math.floor(detail / 2) % 6);
    else if (kind === 21) state.leader = [0, 1, 1, 0, undefined][detail % 5];
    else if (kind === 22) state.maxBytes = detail % 3 === 0 ? 150 : Infinity;
    else if (detail % 3 === 0) cluster.process(() => ({ code: 87, message: 'refused' }));
    else if (cluster.pendingCount === 0) state.partition.forgetAllButTheLastBatch();
  }

  private append(count: number, partition: number): void {
    const record = emptyRecordRange();
    record.partition = partition;
    for (let index = 0; index < count; index++) {
      record.tag = this.appended++;
      record.source = Buffer.from(String(record.tag).padStart(10, '0'));
      record.valueStart = 0;
      record.valueEnd = 10;
      record.timestamp = 1_700_000_000_000;
      void this.producer?.append(topic, record);
      record.source.fill(0); // the producer has copied it
    }
  }

  /** A calm cluster from here on. */
  async finish(): Promise<void> {
    for (const state of this.cluster.partitions.values()) {
      state.leader ??= 0;
      state.maxBytes = Infinity;
    }
    const progress = { isClosed: false };
    const closed = this.producer?.close().then(() => (progress.isClosed = true));
    for (let round = 0; !progress.isClosed; round++) {
      if (round > 2000) throw new Error('the producer does not come to rest');
      this.cluster.flush();
      this.cluster.process();
      this.cluster.deliver();
      if (round % 3 === 0) this.clock.advance(7);
      await tick();
    }
    await closed;
  }

  log(): string[] {
    return Array.from({ length: partitionCount }, (_, partition) => this.cluster.log(topic, partition)).flat();
  }

  report(): { acknowledged: number; failed: number } | undefined {
    return this.producer?.report();
  }
}

const tape = fc.array(fc.nat(24 * 2000), { minLength: 1, maxLength: 200, size: 'max' });
const small = {
  batchSize: 200,
  lingerMs: 3,
  deliveryTimeoutMs: 800,
  retryBackoffMs: 5,
  retryBackoffMaxMs: 40,
  maxRequestSize: 500,
};

async function play(settings: Partial<ProducerSettings>, choices: readonly number[]): Promise<Run> {
  const run = new Run({ ...small, ...settings });
  await run.start();
  for (const choice of choices) await run.step(choice);
  await run.finish();
  return run;
}

function expectAllAccountedFor(run: Run): void {
  const all = [...run.acknowledged, ...run.failed].sort((left, right) => left - right);
  expect(all).toEqual(Array.from({ length: run.appended }, (_, index) => index));
  expect(run.report()).toMatchObject({ acknowledged: run.acknowledged.length, failed: run.failed.length });
}

test('an idempotent producer keeps each acknowledged record once and in order, whatever brokers and network do', async () => {
  await fc.assert(
    fc.asyncProperty(tape, async (choices) => {
      const run = await play({}, choices);
      expectAllAccountedFor(run);
      const log = run.log().map(Number);
      expect(new Set(log).size).toBe(log.length);
      const written = new Set(log);
      expect(run.acknowledged.filter((tag) => !written.has(tag))).toEqual([]);
      for (let partition = 0; partition < partitionCount; partition++) {
        const values = run.cluster.log(topic, partition);
        expect(values).toEqual([...values].sort());
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('without idempotence, acknowledged records are written at least once, and first written in order', async () => {
  await fc.assert(
    fc.asyncProperty(tape, async (choices) => {
      const run = await play({ idempotence: false, acks: 1 }, choices);
      expectAllAccountedFor(run);
      const written = new Set(run.log().map(Number));
      expect(run.acknowledged.filter((tag) => !written.has(tag))).toEqual([]);
      for (let partition = 0; partition < partitionCount; partition++) {
        const first = [...new Set(run.cluster.log(topic, partition))];
        expect(first).toEqual([...first].sort());
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);
