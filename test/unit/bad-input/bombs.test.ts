import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { crc32c } from '@node-rs/crc32';
import { expect, test } from 'vitest';
import { COMPRESSION_TYPES, type Codec } from '../../../src/protocol/compression/codec.js';
import { loadCodec } from '../../../src/protocol/compression/load-codec.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';
import { BatchBuilder } from '../../../src/protocol/records/batch-builder.js';
import { BATCH, LOG_OVERHEAD } from '../../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../../src/protocol/records/batch-reader.js';
import { RecordCursor } from '../../../src/protocol/records/record-cursor.js';

const mebibyte = 1024 * 1024;
const limit = 8 * mebibyte;
const codecs = COMPRESSION_TYPES.filter((type) => type !== 'none');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // the flag puts it there

/** What a codec makes of so many zeros. */
async function bomb(type: Codec['type'], bytes: number): Promise<Buffer> {
  if (type === 'gzip') return gzipSync(Buffer.alloc(bytes));
  return Buffer.from((await loadCodec(type)).compress(Buffer.alloc(bytes)));
}

/** A batch that says it holds one record, around whatever it holds. */
function batchAround(content: Buffer, type: Codec['type']): Buffer {
  const builder = new BatchBuilder(1000);
  builder.append(null, Buffer.from('x'), 0);
  const header = Buffer.from(builder.finish()).subarray(0, BATCH.records);
  const batch = Buffer.concat([header, content]);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, BATCH.length);
  batch.writeInt16BE(COMPRESSION_TYPES.indexOf(type), BATCH.attributes);
  batch.writeUInt32BE(crc32c(batch.subarray(BATCH.attributes)), BATCH.crc);
  return batch;
}

test.each(codecs)(
  'a %s batch that unpacks to sixteen times what is allowed is refused, and costs no more than that',
  async (type) => {
    const batch = batchAround(await bomb(type, 16 * limit), type);
    const codec = await loadCodec(type);
    const reader = new BatchReader(batch);
    expect(reader.next()).toBe(true);
    expect(reader.batch.isIntact()).toBe(true);
    const open = (): void => new RecordCursor().open(reader.batch, { codec, decompressedLimit: limit });
    expect(open).toThrow(ProtocolError);
    expect(open).toThrow(new RegExp(`${type}.*${limit} bytes|${limit} bytes`));
    // One refusal alone: how long the memory of those before it waits to be collected is the business of the engine.
    collectGarbage();
    const before = process.memoryUsage().rss;
    expect(open).toThrow(ProtocolError);
    expect((process.memoryUsage().rss - before) / mebibyte).toBeLessThan((4 * limit) / mebibyte);
  },
);

test.each(codecs)('a %s batch whose only record claims more than there is is refused', async (type) => {
  const codec = await loadCodec(type);
  // A varint of two thousand million, where the length of the record belongs.
  const claim = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]);
  const batch = batchAround(Buffer.from(codec.compress(claim)), type);
  const reader = new BatchReader(batch);
  reader.next();
  const cursor = new RecordCursor();
  expect(() => {
    cursor.open(reader.batch, { codec });
    cursor.next();
  }).toThrow(ProtocolError);
});

test('a batch that announces more records than its bytes can hold is refused before anything is made of it', () => {
  const builder = new BatchBuilder(1000);
  builder.append(null, Buffer.from('x'), 0);
  const batch = Buffer.from(builder.finish());
  batch.writeInt32BE(0x7fffffff, BATCH.count);
  batch.writeUInt32BE(crc32c(batch.subarray(BATCH.attributes)), BATCH.crc);
  const reader = new BatchReader(batch);
  reader.next();
  const cursor = new RecordCursor();
  expect(() => {
    cursor.open(reader.batch, {});
    while (cursor.next());
  }).toThrow(ProtocolError);
});
