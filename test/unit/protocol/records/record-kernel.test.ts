import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compileKernel } from '../../../../kernel/compile-kernel.js';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BATCH } from '../../../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { recordKernel } from '../../../../src/protocol/records/kernel/record-kernel.js';
import { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';

const repository = path.resolve(import.meta.dirname, '../../../..');

test('the kernel kept with the sources is what its source compiles to, and runs here', { timeout: 120_000 }, async () => {
  const kept = readFileSync(path.join(repository, 'src/protocol/records/kernel/kernel-code.ts'), 'utf8');
  expect(kept).toBe(await compileKernel());
  expect(recordKernel()).toBeDefined();
});

interface Copied {
  readonly bytes: string;
  readonly ends: readonly number[];
  readonly records: number;
  readonly offset: bigint;
  readonly error: string | undefined;
}

interface Walk {
  readonly batch: Buffer;
  readonly ending: Uint8Array;
  readonly fromOffset: bigint;
  readonly stop: number;
  readonly count: number;
}

/** Copies values to lines, in bulk where that is possible, or by visiting every record. */
function copyAll({ batch, ending, fromOffset, stop, count }: Walk, room: number | undefined): Copied {
  const buffer = new ByteBuffer(1024);
  const ends: number[] = [];
  const target = { buffer, endRecords: (more: Uint32Array) => void ends.push(...more) };
  const reader = new BatchReader(batch);
  reader.next();
  const cursor = new RecordCursor();
  let records = 0;
  let error: string | undefined;
  try {
    cursor.open(reader.batch, { fromOffset });
    for (;;) {
      if (room !== undefined) records += cursor.copyValues(ending, { target, count: count - records, stop, room });
      if (records >= count || !cursor.next() || cursor.offsetDelta >= stop) break;
      if (cursor.valueStart >= 0) buffer.range(cursor.buffer, cursor.valueStart, cursor.valueEnd);
      buffer.all(ending);
      ends.push(buffer.length);
      records++;
    }
  } catch (caught) {
    error = String(caught);
  }
  return { bytes: Buffer.from(buffer.view()).toString('hex'), ends, records, offset: cursor.offset, error };
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ minLength: 60, maxLength: 200 }) },
  fc.uint8Array({ maxLength: 3 }),
  fc.constant(null),
);
const record = fc.record({
  key: fc.option(fc.uint8Array({ maxLength: 150 }), { nil: null }),
  value,
  timestamp: fc.oneof({ weight: 5, arbitrary: fc.constant(5) }, fc.bigInt({ min: -(2n ** 40n), max: 2n ** 50n })),
  headers: fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, fc.constant([{ key: 'k', value: Buffer.from('v') }])),
});
const records = fc.array(record, { minLength: 50, maxLength: 120 });
const bounds = fc.record({
  ending: fc.uint8Array({ maxLength: 9 }),
  fromOffset: fc.nat({ max: 20 }),
  stop: fc.oneof(fc.nat({ max: 150 }), fc.constant(Infinity)),
  count: fc.oneof(fc.integer({ min: 1, max: 150 }), fc.constant(Infinity)),
  room: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.constant(1 << 20)),
});

function batchOf(given: readonly (typeof record extends fc.Arbitrary<infer R> ? R : never)[]): Buffer {
  const builder = new BatchBuilder(1 << 20);
  for (const { key, value, timestamp, headers } of given) builder.append(key, value, timestamp, headers);
  return Buffer.from(builder.finish());
}

test('values copied in bulk are those of the records visited one by one, within any bounds', () => {
  fc.assert(
    fc.property(records, bounds, (given, { ending, fromOffset, stop, count, room }) => {
      const walk = { batch: batchOf(given), ending, fromOffset: BigInt(fromOffset), stop, count };
      expect(copyAll(walk, room)).toEqual(copyAll(walk, undefined));
    }),
    { numRuns: 300 },
  );
});

test('damaged records end a walk in bulk where they end a walk one by one, with the same words', () => {
  const damages = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(records, damages, bounds, (given, spots, { ending, fromOffset, stop, count, room }) => {
      const batch = batchOf(given);
      const body = batch.length - BATCH.records;
      for (const [at, mask] of spots) batch[BATCH.records + (at % body)] = (batch[BATCH.records + (at % body)] ?? 0) ^ mask;
      const walk = { batch, ending, fromOffset: BigInt(fromOffset), stop, count };
      expect(copyAll(walk, room)).toEqual(copyAll(walk, undefined));
    }),
    { numRuns: 1000 },
  );
});

test('batches larger than what is copied at a time come out whole, records larger than that too', () => {
  const builder = new BatchBuilder(16 << 20);
  for (let index = 0; index < 20_000; index++) builder.append(null, Buffer.alloc(index % 300, index), 5);
  builder.append(null, Buffer.alloc(700_000, 7), 5);
  for (let index = 0; index < 5000; index++) builder.append(null, Buffer.alloc(index % 3000, index), 5);
  const walk = { batch: Buffer.from(builder.finish()), ending: Uint8Array.of(10), fromOffset: 0n, stop: Infinity, count: Infinity };
  expect(copyAll(walk, 1 << 30)).toEqual(copyAll(walk, undefined));
});

/** The batches that lines make, cut at a limit as a producer does: their sizes and checksums. */
function batchesOf(source: Buffer, limit: number, wanted: number, times: readonly number[], isInBulk: boolean): string[] {
  const batches: string[] = [];
  const finish = (builder: BatchBuilder): void => {
    const batch = builder.finish();
    batches.push(`${builder.count} records, ${batch.length} bytes, ${createHash('sha256').update(batch).digest('hex')}`);
  };
  let builder = new BatchBuilder(limit);
  for (let at = 0, turn = 0; at < source.length; turn++) {
    const time = times[turn % times.length] ?? 0;
    const end = source.indexOf(10, at);
    let next = at;
    if (isInBulk) next = builder.appendLines({ source, start: at, limit: source.length, delimiter: 10, tag: 1 }, time, wanted);
    else {
      for (let left = wanted; left > 0 && next < source.length;) {
        const stop = source.indexOf(10, next);
        if (!builder.appendRange(source, -1, -1, next, stop, time)) break;
        left -= stop - next;
        next = stop + 1;
      }
    }
    if (next === at) {
      // Full, or a line that no batch takes.
      if (builder.count === 0) next = end + 1;
      else finish(builder);
      builder = new BatchBuilder(limit);
    }
    at = next;
  }
  if (builder.count > 0) finish(builder);
  return batches;
}

test('lines taken in bulk make the batches that lines taken one by one make', () => {
  const lengths = fc.array(fc.oneof({ weight: 20, arbitrary: fc.nat({ max: 300 }) }, fc.nat({ max: 5000 })), {
    minLength: 50,
    maxLength: 400,
  });
  const limits = fc.record({ limit: fc.integer({ min: 5000, max: 60_000 }), wanted: fc.integer({ min: 1, max: 40_000 }) });
  const times = fc.array(fc.oneof(fc.nat({ max: 100 }), fc.integer({ min: -(2 ** 50), max: 2 ** 50 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(lengths, limits, times, (given, { limit, wanted }, at) => {
      const source = Buffer.concat(given.flatMap((length, index) => [Buffer.alloc(length, 11 + (index % 240)), Buffer.from([10])]));
      expect(batchesOf(source, limit, wanted, at, true)).toEqual(batchesOf(source, limit, wanted, at, false));
    }),
    { numRuns: 200 },
  );
});

test('lines longer than what is copied at a time are taken all the same', () => {
  const lines = [100, 300_000, 0, 255_990, 262_144, 99, 600_000, 5].map((length) =>
    Buffer.concat([Buffer.alloc(length, 65), Buffer.from([10])]),
  );
  const source = Buffer.concat(lines);
  const many = batchesOf(source, 1 << 20, Infinity, [5], true);
  expect(many).toEqual(batchesOf(source, 1 << 20, Infinity, [5], false));
});
