import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { decodeRecords, type DecodedRecord } from '../../../../src/protocol/records/decode-records.js';
import { sizeOfSingleRecordBatch, upperBoundOfSingleRecordBatch } from '../../../../src/protocol/records/record-size.js';
import { stampBatch } from '../../../../src/protocol/records/stamp-batch.js';
import { CODEC_TYPES } from './read-all.js';

const LIMIT = 1024 * 1024;
const bytes = fc.uint8Array({ maxLength: 300 });
const nullableBytes = fc.option(bytes, { nil: null });
const timestamps = fc.oneof(
  fc.integer({ min: -1, max: 5_000 }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const headers = fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: nullableBytes }), { maxLength: 4 });
const records = fc.array(fc.record({ key: nullableBytes, value: nullableBytes, timestamp: timestamps, headers }), {
  maxLength: 80,
});

test('lines taken many at a time make the same batch as lines taken one by one', () => {
  const lines = fc.array(fc.uint8Array({ maxLength: 400 }).map((line) => line.map((byte) => (byte === 10 ? 11 : byte))));
  const limits = fc.record({
    batch: fc.integer({ min: 100, max: 20_000 }),
    bytes: fc.nat({ max: 5000 }),
    before: fc.nat({ max: 20 }),
  });
  fc.assert(
    fc.property(lines, limits, fc.boolean(), (given, { batch, bytes: most, before }, isCutShort) => {
      const source = Buffer.concat([Buffer.alloc(before, 10), ...given.map((line) => Buffer.from([...line, 10]))]);
      const limit = isCutShort ? Math.max(before, source.length - 5) : source.length;
      const many = new BatchBuilder(batch);
      const one = new BatchBuilder(batch);
      const stop = many.appendLines({ source, start: before, limit, delimiter: 10, tag: 1 }, 1000, most);
      let at = before;
      for (let left = most; left > 0;) {
        const end = source.indexOf(10, at);
        if (end < 0 || end >= limit || !one.appendRange(source, -1, -1, at, end, 1000)) break;
        left -= end - at;
        at = end + 1;
      }
      expect(stop).toBe(at);
      expect(many.count).toBe(one.count);
      if (one.count > 0) expect(many.finish()).toEqual(one.finish());
    }),
    { numRuns: 500 },
  );
});

function plain(value: Uint8Array | null): number[] | null {
  return value === null ? null : [...value];
}

test('any records come out of the batches they went into', () => {
  fc.assert(
    fc.property(records, (given) => {
      const builder = new BatchBuilder(LIMIT);
      const got: DecodedRecord[] = [];
      const flush = () => {
        got.push(...decodeRecords(Buffer.from(builder.finish())));
        builder.reset();
      };
      for (const { key, value, timestamp, headers: wanted } of given) {
        if (builder.append(key, value, timestamp, wanted)) continue;
        flush();
        expect(builder.append(key, value, timestamp, wanted)).toBe(true);
      }
      if (builder.count > 0) flush();
      expect(
        got.map((record) => ({
          timestamp: record.timestamp,
          key: plain(record.key),
          value: plain(record.value),
          headers: record.headers.map((header) => ({ key: header.key, value: plain(header.value) })),
        })),
      ).toEqual(
        given.map((record) => ({
          timestamp: BigInt(record.timestamp),
          key: plain(record.key),
          value: plain(record.value),
          headers: record.headers.map((header) => ({ key: header.key, value: plain(header.value) })),
        })),
      );
    }),
    { numRuns: 300 },
  );
});

test('ranges of a larger buffer are written as the same bytes as slices of it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.nat(), fc.nat(), (source, one, two, three) => {
      const [a, b, c] = [one, two, three].map((n) => n % (source.length + 1)).sort((x, y) => x - y) as [number, number, number];
      const ranges = new BatchBuilder(LIMIT);
      const slices = new BatchBuilder(LIMIT);
      ranges.appendRange(source, a, b, b, c, 7);
      ranges.appendRange(source, -1, -1, a, c, 8);
      ranges.appendRange(source, a, c, -1, -1, 8);
      slices.append(source.slice(a, b), source.slice(b, c), 7);
      slices.append(null, source.slice(a, c), 8);
      slices.append(source.slice(a, c), null, 8);
      expect(ranges.finish().equals(slices.finish())).toBe(true);
    }),
  );
});

test('a batch takes records up to exactly its limit', () => {
  fc.assert(
    fc.property(nullableBytes, nullableBytes, headers, (key, value, given) => {
      const exact = sizeOfSingleRecordBatch(key?.length ?? -1, value?.length ?? -1, given);
      expect(new BatchBuilder(exact - 1).append(key, value, 5, given)).toBe(false);
      const builder = new BatchBuilder(exact);
      expect(builder.append(key, value, 5, given)).toBe(true);
      expect(builder.size).toBe(exact);
      expect(builder.finish()).toHaveLength(exact);
      expect(upperBoundOfSingleRecordBatch(key?.length ?? -1, value?.length ?? -1, given)).toBeGreaterThanOrEqual(exact);
    }),
  );
});

test('a refused record leaves the batch as it was', () => {
  const builder = new BatchBuilder(150);
  builder.append(null, Buffer.from('kept'), 10);
  expect(builder.append(null, Buffer.alloc(100), 99)).toBe(false);
  expect(builder.count).toBe(1);
  expect(builder.maxTimestamp).toBe(10n);
  expect(decodeRecords(builder.finish())).toMatchObject([{ value: Buffer.from('kept'), timestamp: 10n }]);
});

test('a reset builder writes the same bytes as a new one', () => {
  const reused = new BatchBuilder(LIMIT);
  reused.append(Buffer.from('old'), Buffer.alloc(5000, 1), 1_000_000);
  reused.finish();
  reused.reset();
  const fresh = new BatchBuilder(LIMIT);
  for (const builder of [reused, fresh]) builder.append(null, Buffer.from('v'), 3);
  expect(reused.finish()).toEqual(fresh.finish());
});

test('the producer and the transaction flag are in the header, and can be stamped anew', () => {
  const builder = new BatchBuilder(LIMIT);
  builder.append(null, Buffer.from('v'), 3);
  const batch = builder.finish({ producerId: 2n ** 40n, producerEpoch: 7, baseSequence: 2 ** 31 - 1, transactional: true });
  const reader = new BatchReader(batch);
  expect(reader.next()).toBe(true);
  const header = reader.batch;
  expect([header.producerId, header.producerEpoch, header.baseSequence]).toEqual([2n ** 40n, 7, 2 ** 31 - 1]);
  expect([header.isTransactional, header.isControl, header.isIntact()]).toEqual([true, false, true]);

  stampBatch(batch, { producerId: 5n, producerEpoch: 8, baseSequence: 0 });
  expect([header.producerId, header.producerEpoch, header.baseSequence]).toEqual([5n, 8, 0]);
  expect([header.isTransactional, header.isIntact()]).toEqual([false, true]);

  stampBatch(batch);
  expect([header.producerId, header.producerEpoch, header.baseSequence, header.isIntact()]).toEqual([-1n, -1, -1, true]);
});

test.each([0.5, NaN, Infinity, 2n ** 63n])('a timestamp of %s is refused', (timestamp) => {
  const builder = new BatchBuilder(LIMIT);
  expect(() => builder.append(null, null, timestamp)).toThrow(RangeError);
  expect(builder.count).toBe(0);
});

test('a batch is finished once, and not without records', () => {
  const builder = new BatchBuilder(LIMIT);
  expect(() => builder.finish()).toThrow(/only a batch with records/);
  builder.append(null, null, 0);
  builder.finish();
  expect(() => builder.finish()).toThrow(/only once/);
  expect(() => builder.append(null, null, 0)).toThrow(/finished/);
});

test.each(CODEC_TYPES)('%s: compressed batches come back, also from a reused builder', async (type) => {
  const codec = await loadCodec(type);
  const builder = new BatchBuilder(LIMIT);
  for (const size of [1, 100, 70_000, 3]) {
    const value = Buffer.alloc(size, 'some text ');
    builder.append(Buffer.from('k'), value, 5);
    builder.append(null, null, 6);
    const batch = Buffer.from(builder.finish(undefined, codec));
    const [first, second] = decodeRecords(batch, { codec });
    // Comparing large buffers item by item takes seconds.
    expect([first?.key?.toString(), first?.value?.equals(value), first?.timestamp]).toEqual(['k', true, 5n]);
    expect([second?.key, second?.value, second?.timestamp]).toEqual([null, null, 6n]);
    builder.reset();
  }
});

test.each(CODEC_TYPES)('%s: a batch that would outgrow its limit by being compressed is left plain', async (type) => {
  const codec = await loadCodec(type);
  const noise = Buffer.from(Array.from({ length: 3000 }, (_, index) => (Math.imul(index + 1, 2654435761) >>> 13) & 0xff));
  const builder = new BatchBuilder(sizeOfSingleRecordBatch(-1, noise.length, []));
  expect(builder.append(null, noise, 5)).toBe(true);
  const batch = builder.finish(undefined, {
    ...codec,
    compress: (input) => Buffer.concat([codec.compress(input), Buffer.alloc(3000)]),
  });
  const reader = new BatchReader(batch);
  reader.next();
  expect(reader.batch.compression).toBe('none');
  expect(decodeRecords(batch)).toMatchObject([{ value: noise }]);
});

test('timestamps too far apart for exact deltas go into separate batches', () => {
  const builder = new BatchBuilder(LIMIT);
  expect(builder.append(null, null, -(2n ** 62n))).toBe(true);
  expect(builder.append(null, null, 2n ** 62n)).toBe(false);
  expect(builder.append(null, null, -(2n ** 62n) + 2n ** 51n)).toBe(true);
  expect(builder.maxTimestamp).toBe(-(2n ** 62n) + 2n ** 51n);
});
