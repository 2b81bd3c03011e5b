import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FetchedChunk } from '../../../../src/client/fetcher/fetched-chunk.js';
import { openFetcher } from '../../../../src/client/fetcher/fetcher.js';
import { FrameSlots } from '../../../../src/client/fetcher/frame-slots.js';
import { FakeBrokers } from './fake-brokers.js';
import { FakeLog } from './fake-log.js';
import { FakePace } from './fake-pace.js';

test('a slot is used again only when neither the socket nor the reader needs it', () => {
  const slots = new FrameSlots(1000, 1);
  const first = slots.lease();
  const memory = first.take(500);
  expect(memory).toHaveLength(500);
  expect(slots.lease().take(500)).toBeUndefined();
  first.release();
  expect(slots.lease().take(500)).toBeUndefined();
  first.arrived();
  const second = slots.lease();
  expect(second.take(10)?.buffer).toBe(memory?.buffer);
  second.arrived();
  expect(slots.lease().take(10)).toBeUndefined();
  second.release();
  // Neither says so twice.
  first.release();
  second.arrived();
  const [third, fourth] = [slots.lease(), slots.lease()];
  expect(third.take(10)).toBeDefined();
  expect(fourth.take(10)).toBeUndefined();
});

test('an answer larger than a slot, and one that nobody waits for, get memory of their own', () => {
  const slots = new FrameSlots(1000, 3);
  expect(slots.lease().take(10_000_000)).toBeUndefined();
  const abandoned = slots.lease();
  abandoned.release();
  expect(abandoned.take(10)).toBeUndefined();
});

function values(chunk: FetchedChunk): string[] {
  const seen: string[] = [];
  chunk.forEachRecord((record) => seen.push(record.buffer.toString('utf8', record.valueStart, record.valueEnd)));
  return seen;
}

test('what a slow reader holds is never overwritten, until it asks for more', async () => {
  const shape = fc.record({ end: fc.nat(80), batch: fc.integer({ min: 1, max: 9 }), leader: fc.integer({ min: 1, max: 3 }) });
  const shapes = fc.array(shape, { minLength: 1, maxLength: 6 });
  const sizes = fc.record({ partitionMaxBytes: fc.integer({ min: 1, max: 900 }), maxBytes: fc.integer({ min: 200, max: 4000 }) });
  const pauses = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(shapes, sizes, pauses, fc.boolean(), async (given, bounds, turns, isDamaged) => {
      const brokers = new FakeBrokers();
      given.forEach(({ end, batch, leader }, partition) => {
        brokers.add('t', partition, new FakeLog().fill(end, batch)).leader = leader;
      });
      const sent = new Set<string>();
      brokers.onRecords = (records) => {
        // Damaged on their way the first time, and asked for again.
        const content = records.toString('latin1');
        if (!isDamaged || sent.has(content) || records.length === 0) return records;
        sent.add(content);
        const copy = Buffer.from(records);
        copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1);
        return copy;
      };
      const ranges = given.map(({ end }, partition) => ({ topic: 't', partition, start: 0n, stop: BigInt(end) }));
      const fetcher = openFetcher(brokers, { ranges, ...bounds, pace: new FakePace(), reusesMemory: true });
      const seen = given.map(() => [] as string[]);
      let turn = 0;
      for (let chunk = await fetcher.next(); chunk !== undefined; chunk = await fetcher.next()) {
        const early = values(chunk);
        for (let left = turns[turn++ % turns.length] ?? 0; left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
        expect(values(chunk)).toEqual(early);
        seen[chunk.partition]?.push(...early);
      }
      given.forEach(({ end }, partition) => {
        expect(seen[partition]).toEqual(Array.from({ length: end }, (_, index) => String(index)));
      });
    }),
    { numRuns: 100 },
  );
});
