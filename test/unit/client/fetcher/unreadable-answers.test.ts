import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fetcher, type FetcherOptions, openFetcher } from '../../../../src/client/fetcher/fetcher.js';
import type { FetchEvent } from '../../../../src/client/fetcher/fetcher-options.js';
import { UnreadableAnswer } from '../../../../src/client/unreadable-answer.js';
import { BATCH, LOG_OVERHEAD } from '../../../../src/protocol/records/batch-format.js';
import { FakeBrokers } from './fake-brokers.js';
import { FakeLog } from './fake-log.js';
import { FakePace } from './fake-pace.js';

const range = { topic: 't', partition: 0, start: 0n, stop: 100n };

function brokersWith(...logs: FakeLog[]): FakeBrokers {
  const brokers = new FakeBrokers();
  for (const [partition, log] of logs.entries()) brokers.add('t', partition, log);
  return brokers;
}

function open(brokers: FakeBrokers, options: Partial<FetcherOptions> = {}): Fetcher {
  return openFetcher(brokers, { ranges: [range], pace: new FakePace(), ...options });
}

async function drain(fetcher: Fetcher): Promise<Record<string, string[]>> {
  const seen: Record<string, string[]> = {};
  for await (const chunk of fetcher) {
    const values = (seen[`${chunk.topic}-${chunk.partition}`] ??= []);
    chunk.forEachRecord((record) =>
      values.push(`${record.offset} ${record.buffer.toString('utf8', record.valueStart, record.valueEnd)}`),
    );
  }
  return seen;
}

function expected(to: number): string[] {
  return Array.from({ length: to }, (_, index) => `${index} ${index}`);
}

/** Changes the byte at `at` of the first answer that has one there. */
function changeOnce(brokers: FakeBrokers, at: number, to: (byte: number) => number): void {
  let isDone = false;
  brokers.onRecords = (records) => {
    if (isDone || records.length <= at) return records;
    isDone = true;
    const changed = Buffer.from(records);
    changed[at] = to(changed[at] as number); // the length was just compared
    return changed;
  };
}

/** Neither the base offset of a batch nor its leader epoch is covered by anything. */
function isCovered(records: Buffer, at: number): boolean {
  for (let start = 0; start + LOG_OVERHEAD <= records.length;) {
    const end = start + LOG_OVERHEAD + records.readInt32BE(start + BATCH.length);
    if (at < end)
      return at < records.length && ((at >= start + BATCH.length && at < start + LOG_OVERHEAD) || at >= start + BATCH.magic);
    start = end;
  }
  return false;
}

function unreadable(): UnreadableAnswer {
  return new UnreadableAnswer('b:9092: cannot decode Fetch response', { source: 'b:9092' });
}

test('a batch that was changed on its way is asked for again on a fresh connection, and told of once', async () => {
  const brokers = brokersWith(new FakeLog().fill(100));
  const events: FetchEvent[] = [];
  changeOnce(brokers, BATCH.records + 3, (byte) => byte ^ 1);
  expect(await drain(open(brokers, { onEvent: (event) => events.push(event) }))).toEqual({ 't-0': expected(100) });
  expect(brokers.retired).toEqual([1]);
  expect(events).toMatchObject([{ kind: 'unreadable', topic: 't', partition: 0 }]);
});

test('what follows a changed batch and was already asked for is neither lost nor shown twice', async () => {
  const brokers = brokersWith(new FakeLog().fill(100));
  let answers = 0;
  brokers.onRecords = (records) => {
    if (++answers !== 2) return records;
    const changed = Buffer.from(records);
    changed[changed.length - 1] = 0xff;
    return changed;
  };
  expect(await drain(open(brokers, { partitionMaxBytes: 300 }))).toEqual({ 't-0': expected(100) });
});

test('a last offset that was changed on its way does not send a reader out of the log', async () => {
  for (const outOfRange of ['error', 'earliest', 'latest'] as const) {
    const brokers = brokersWith(new FakeLog().fill(100));
    const events: FetchEvent[] = [];
    changeOnce(brokers, BATCH.lastOffsetDelta, () => 0x20);
    const fetcher = open(brokers, { partitionMaxBytes: 100, outOfRange, onEvent: (event) => events.push(event) });
    expect(await drain(fetcher)).toEqual({ 't-0': expected(100) });
    expect(events.map(({ kind }) => kind)).toEqual(['unreadable']);
  }
});

test('an announced batch size that no answer can hold is not asked for', async () => {
  const brokers = brokersWith(new FakeLog().fill(100));
  changeOnce(brokers, BATCH.length, () => 0x60);
  expect(await drain(open(brokers))).toEqual({ 't-0': expected(100) });
  expect(brokers.fetches.every(({ body }) => (body.maxBytes ?? 0) <= 50 * 1024 * 1024)).toBe(true);
});

test('answers that do not decode are asked for again, for every partition in them', async () => {
  const brokers = brokersWith(new FakeLog().fill(100), new FakeLog().fill(100));
  const events: FetchEvent[] = [];
  let asked = 0;
  brokers.onFetch = () => {
    if (++asked <= 7) throw unreadable();
    return undefined;
  };
  const ranges = [range, { ...range, partition: 1 }];
  const seen = await drain(open(brokers, { ranges, onEvent: (event) => events.push(event) }));
  expect(seen).toEqual({ 't-0': expected(100), 't-1': expected(100) });
  expect(events).toHaveLength(1);
});

test('answers that never decode end the reader soon, and the error says how often it asked', async () => {
  const brokers = brokersWith(new FakeLog().fill(100));
  const pace = new FakePace();
  brokers.onFetch = () => {
    throw unreadable();
  };
  await expect(open(brokers, { pace }).next()).rejects.toMatchObject({
    code: 'protocol',
    message: 'b:9092: cannot decode Fetch response (asked 8 times)',
    hint: expect.stringContaining('--debug') as string,
  });
  expect(pace.now()).toBeLessThan(2500);
});

test('failures are counted anew where reading got on', async () => {
  const brokers = brokersWith(new FakeLog().fill(100));
  let asked = 0;
  brokers.onFetch = () => {
    if (++asked % 8 !== 0) throw unreadable();
    return undefined;
  };
  expect(await drain(open(brokers, { partitionMaxBytes: 100 }))).toEqual({ 't-0': expected(100) });
});

test('a batch that is broken at the leader is read from a new leader', async () => {
  const log = new FakeLog().fill(100);
  const brokers = brokersWith(log);
  let bad = 0;
  brokers.onRecords = (records) => {
    if (log.leader === 2) return records;
    if (++bad === 3) Object.assign(log, { leader: 2, epoch: 1 });
    const changed = Buffer.from(records);
    changed[changed.length - 1] = 0xff;
    return changed;
  };
  expect(await drain(open(brokers))).toEqual({ 't-0': expected(100) });
});

test('bytes changed anywhere that a checksum or a length covers lose nothing, repeat nothing and invent nothing', async () => {
  const place = fc.integer({ min: 0, max: 2000 });
  const damage = fc.record({ place, bits: fc.integer({ min: 1, max: 255 }), isHit: fc.boolean() });
  const plan = fc.record({
    damages: fc.array(damage, { maxLength: 30 }),
    batch: fc.integer({ min: 1, max: 40 }),
    partitionMaxBytes: fc.integer({ min: 80, max: 3000 }),
    outOfRange: fc.constantFrom('error' as const, 'earliest' as const),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ damages, batch, partitionMaxBytes, outOfRange }) => {
      const brokers = brokersWith(new FakeLog().fill(100, batch), new FakeLog().fill(100, batch));
      let answers = 0;
      let inRow = 0;
      brokers.onRecords = (records) => {
        const { place: at, bits, isHit } = damages[answers++] ?? { place: 0, bits: 0, isHit: false };
        inRow = isHit && isCovered(records, at) && inRow < 6 ? inRow + 1 : 0;
        if (inRow === 0) return records;
        const changed = Buffer.from(records);
        changed[at] = (changed[at] as number) ^ bits; // the length was just compared
        return changed;
      };
      const ranges = [range, { ...range, partition: 1 }];
      const fetcher = open(brokers, { ranges, partitionMaxBytes, outOfRange });
      expect(await drain(fetcher)).toEqual({ 't-0': expected(100), 't-1': expected(100) });
    }),
    { numRuns: 300 },
  );
});
