import { setImmediate as tick } from 'node:timers/promises';
import { LiveProducer } from '../../../../src/client/producer/live-producer.js';
import type { ProducerSettings } from '../../../../src/client/producer/producer-settings.js';
import { emptyRecordRange, type RecordRange } from '../../../../src/core/record-formats/record-range.js';
import { FakeClock } from './fake-clock.js';
import { FakeCluster, type Fault } from './fake-cluster.js';

/** A producer under test with its cluster and clock. */
export interface Stage {
  readonly cluster: FakeCluster;
  readonly clock: FakeClock;
  readonly producer: LiveProducer;
  /** Lets cluster and clock run until the promise settles. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
  /** What happens to the next batches, in order; undefined for success. */
  readonly faults: (Fault | undefined)[];
}

/** Opens a producer on topic `orders` (and whatever else is asked for). */
export async function openStage(
  settings: Partial<ProducerSettings> = {},
  cluster = new FakeCluster({ orders: 1 }),
): Promise<Stage> {
  const clock = new FakeClock();
  const faults: (Fault | undefined)[] = [];
  const producer = await LiveProducer.open(cluster.asCluster, { topics: ['orders'], ...settings }, clock);
  const until = async <T>(promise: Promise<T>): Promise<T> => {
    const progress = { isSettled: false };
    const settle = (): void => void (progress.isSettled = true);
    promise.then(settle, settle);
    for (let round = 0; round < 5000 && !progress.isSettled; round++) {
      cluster.flush();
      cluster.process(() => faults.shift());
      cluster.deliver();
      clock.advance(5);
      await tick();
    }
    if (!progress.isSettled) throw new Error('it does not come to an end');
    return promise;
  };
  return { cluster, clock, producer, until, faults };
}

/** A record whose value is a text. */
export function textRecord(value: string, changes: Partial<RecordRange> = {}): RecordRange {
  const source = Buffer.from(value);
  return { ...emptyRecordRange(), source, valueStart: 0, valueEnd: source.length, ...changes };
}

/** Appends records `from`, `from + 1`, ... whose value and tag are their number. */
export function appendNumbers(producer: LiveProducer, count: number, from = 0, changes: Partial<RecordRange> = {}): void {
  for (let tag = from; tag < from + count; tag++) void producer.append('orders', textRecord(String(tag), { tag, ...changes }));
}
