import { crc32, crc32c } from '@node-rs/crc32';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { ProtocolError } from '../../../../src/protocol/protocol-error.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BATCH } from '../../../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { decodeRecords } from '../../../../src/protocol/records/decode-records.js';
import { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';
import { stampBatch } from '../../../../src/protocol/records/stamp-batch.js';
import { javaBytes, readJavaBatches } from './fixtures/read-java-batches.js';
import { inHex, readAll } from './read-all.js';

const JAVA = readJavaBatches();
const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });

function damage(bytes: Buffer, damages: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, mask] of damages) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ mask;
  return copy;
}

/** Makes the checksums hold again, so that the damage reaches what lies behind them. */
function mendChecksums(bytes: Buffer): Buffer {
  const reader = new BatchReader(bytes);
  try {
    while (reader.next()) {
      const { magic, start, end } = reader.batch;
      if (magic === 2) bytes.writeUInt32BE(crc32c(bytes.subarray(start + BATCH.attributes, end)), start + BATCH.crc);
      else bytes.writeUInt32BE(crc32(bytes.subarray(start + BATCH.magic, end)), start + 12);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
  return bytes;
}

async function readOrFail(bytes: Buffer): Promise<number | ProtocolError> {
  try {
    return (await readAll(bytes)).length;
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
}

test.each([...JAVA.keys()])('%s: damaged bytes are an error, or what the checksum does not cover', async (name) => {
  const { bytes, records } = JAVA.get(name) ?? { bytes: Buffer.alloc(0), records: [] };
  const wanted = records.map(({ key, value, headers }) => ({ key, value, headers }));
  await fc.assert(
    fc.asyncProperty(changes, async (given) => {
      const damaged = damage(bytes, given);
      const outcome = await readOrFail(damaged);
      if (outcome instanceof ProtocolError) return;
      // A damaged length may cut off the end; what is read is still what was written.
      const got = (await readAll(damaged)).map(inHex).map(({ key, value, headers }) => ({ key, value, headers }));
      expect(wanted.slice(0, got.length)).toEqual(got);
    }),
    { numRuns: 40 },
  );
});

test.each([...JAVA.keys()])('%s: damage behind a valid checksum ends in an error or in records', async (name) => {
  const { bytes } = JAVA.get(name) ?? { bytes: Buffer.alloc(0) };
  await fc.assert(
    fc.asyncProperty(changes, async (given) => {
      const outcome = await readOrFail(mendChecksums(damage(bytes, given)));
      expect(outcome instanceof ProtocolError || outcome >= 0).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('bytes cut short anywhere give whole batches or nothing', async () => {
  const { bytes } = JAVA.get('mixed') ?? { bytes: Buffer.alloc(0) };
  for (let length = 0; length < bytes.length; length++) expect(await readOrFail(bytes.subarray(0, length))).toBeLessThan(3);
});

/** A batch of one record whose section is the given bytes. */
function batchOf(section: number[], count = 1): Buffer {
  const builder = new BatchBuilder(10_000);
  builder.append(null, null, 0);
  const header = Buffer.from(builder.finish()).subarray(0, BATCH.records);
  const batch = Buffer.concat([header, Buffer.from(section)]);
  batch.writeInt32BE(batch.length - 12, BATCH.length);
  batch.writeInt32BE(count, BATCH.count);
  stampBatch(batch);
  return batch;
}

test.each([
  ['a record longer than the batch', [20, 0, 0, 0, 1, 1, 0], 1, /does not fit its batch/],
  ['a record of negative length', [1, 0, 0, 0, 1, 1, 0], 1, /does not fit its batch/],
  ['a key longer than its record', [12, 0, 0, 0, 126, 1, 0], 1, /a key of 63 bytes/],
  ['a value longer than its record', [12, 0, 0, 0, 1, 126, 0], 1, /a value of 63 bytes/],
  ['a negative number of headers', [12, 0, 0, 0, 1, 1, 1], 1, /does not end where/],
  ['a record that ends before its length', [14, 0, 0, 0, 1, 1, 0, 0], 1, /does not end where/],
  ['a header with a null key', [16, 0, 0, 0, 1, 1, 2, 1, 1], 1, /null key/],
  ['a header longer than its record', [16, 0, 0, 0, 1, 1, 2, 20, 1], 1, /a header of 10 bytes/],
  ['bytes behind the last header', [20, 0, 0, 0, 1, 1, 2, 0, 1, 0, 0], 1, /headers do not end/],
  ['a varint without an end', [12, 0, 0, 0x80, 0x80, 0x80, 0x80], 1, /runs past the end/],
  ['a varint of six bytes', [24, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 1, 1, 0, 0], 1, /longer than 5 bytes/],
  ['a varlong of eleven bytes', [36, 0, ...Array<number>(11).fill(0x80), 0, 1, 1, 0, 0, 0], 1, /longer than 10 bytes/],
  ['fewer records than it says', [12, 0, 0, 0, 1, 1, 0], 2, /runs past the end/],
  ['more records than it says', [12, 0, 0, 0, 1, 1, 0, 12, 0, 0, 0, 1, 1, 0], 1, /7 bytes follow the last record/],
  ['a negative number of records', [12, 0, 0, 0, 1, 1, 0], -1, /says it has -1 records/],
])('a batch with %s is refused', (_, section, count, message) => {
  expect(() => decodeRecords(batchOf(section, count))).toThrow(ProtocolError);
  expect(() => decodeRecords(batchOf(section, count))).toThrow(message);
});

test('compressed records that would be larger than the limit are an error', async () => {
  const codec = await loadCodec('gzip');
  const builder = new BatchBuilder(1_000_000);
  builder.append(null, Buffer.alloc(500_000), 0);
  const batch = builder.finish(undefined, codec);
  expect(batch.length).toBeLessThan(2000);
  expect(() => decodeRecords(batch, { codec, decompressedLimit: 400_000 })).toThrow(ProtocolError);
  expect(decodeRecords(batch, { codec, decompressedLimit: 600_000 })).toHaveLength(1);
});

test('compressed records without their codec are an error, not garbage', () => {
  const reader = new BatchReader(javaBytes('v2 gzip'));
  reader.next();
  expect(() => new RecordCursor().open(reader.batch)).toThrow(/compressed with gzip/);
});
