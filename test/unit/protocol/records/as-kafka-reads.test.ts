import { gzipSync } from 'node:zlib';
import { crc32, crc32c } from '@node-rs/crc32';
import { describe, expect, test } from 'vitest';
import { COMPRESSION_TYPES, type CompressionType } from '../../../../src/protocol/compression/codec.js';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { xxhash32 } from '../../../../src/protocol/compression/xxhash32.js';
import { ProtocolError } from '../../../../src/protocol/protocol-error.js';
import { BatchBuilder } from '../../../../src/protocol/records/batch-builder.js';
import { BATCH, LOG_OVERHEAD } from '../../../../src/protocol/records/batch-format.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { decodeRecords } from '../../../../src/protocol/records/decode-records.js';
import { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';
import { writeVarint } from '../../../../src/protocol/records/varint.js';

// Every row was given to the MemoryRecords of Kafka 4.3's own client, and says what that made of it.

const [snappy, lz4, zstd] = await Promise.all([loadCodec('snappy'), loadCodec('lz4'), loadCodec('zstd')]);

function varint(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  return bytes.subarray(0, writeVarint(bytes, 0, value));
}

interface Parts {
  readonly key?: { readonly length: number; readonly text?: string };
  readonly value?: { readonly length: number; readonly text?: string };
  readonly headers?: Buffer;
}

function record(delta: number, { key = { length: -1 }, value = { length: -1 }, headers = varint(0) }: Parts): Buffer {
  const field = ({ length, text = '' }: { length: number; text?: string }): Buffer[] => [varint(length), Buffer.from(text)];
  const body = Buffer.concat([Buffer.from([0]), varint(0), varint(delta), ...field(key), ...field(value), headers]);
  return Buffer.concat([varint(body.length), body]);
}

function batch(type: CompressionType, count: number, content: Buffer): Buffer {
  const builder = new BatchBuilder(1000);
  builder.append(null, Buffer.from('x'), 0);
  const bytes = Buffer.concat([Buffer.from(builder.finish()).subarray(0, BATCH.records), content]);
  bytes.writeInt32BE(bytes.length - LOG_OVERHEAD, BATCH.length);
  bytes.writeInt16BE(COMPRESSION_TYPES.indexOf(type), BATCH.attributes);
  bytes.writeInt32BE(count, BATCH.count);
  bytes.writeInt32BE(Math.max(0, count - 1), BATCH.lastOffsetDelta);
  bytes.writeUInt32BE(crc32c(bytes.subarray(BATCH.attributes)), BATCH.crc);
  return bytes;
}

async function read(type: CompressionType, count: number, content: Buffer): Promise<string> {
  const reader = new BatchReader(batch(type, count, content));
  reader.next();
  const cursor = new RecordCursor();
  cursor.open(reader.batch, { codec: type === 'none' ? undefined : await loadCodec(type) });
  const seen: string[] = [];
  const text = (start: number, end: number): string => (start < 0 ? 'null' : cursor.buffer.toString('utf8', start, end));
  while (cursor.next()) {
    const headers = cursor.headers().map(({ key, value }) => `[${key}=${value === null ? 'null' : Buffer.from(value).toString()}]`);
    seen.push(`${text(cursor.keyStart, cursor.keyEnd)}:${text(cursor.valueStart, cursor.valueEnd)}${headers.join('')}`);
  }
  return seen.join(' ');
}

const first = record(0, { value: { length: 1, text: 'a' } });
const second = record(1, { value: { length: 1, text: 'b' } });
const both = Buffer.concat([first, second]);
const xs = (count: number): Buffer => Buffer.alloc(count, 'x');
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const concat = (...parts: readonly Uint8Array[]): Buffer => Buffer.concat(parts);
const gzip = (bytes: Buffer): Buffer => gzipSync(bytes);

describe('bytes behind compressed records that Kafka passes over', () => {
  test.each<[CompressionType, string, Buffer]>([
    ['gzip', 'a stray byte', concat(gzip(both), xs(1))],
    ['gzip', 'a zero', concat(gzip(both), Buffer.alloc(1))],
    ['gzip', 'stray bytes', concat(gzip(both), xs(30))],
    ['gzip', 'more stray bytes than a buffer of Java has', concat(gzip(both), xs(20_000))],
    ['gzip', 'zeros', concat(gzip(both), Buffer.alloc(30))],
    ['gzip', 'a second member', concat(gzip(first), gzip(second))],
    ['gzip', 'a second member and stray bytes', concat(gzip(first), gzip(second), xs(30))],
    ['gzip', 'an empty member', concat(gzip(both), gzip(Buffer.alloc(0)))],
    ['gzip', 'the head of a member, too short for one', concat(gzip(both), gzip(second).subarray(0, 18))],
    ['snappy', 'three bytes', concat(snappy.compress(both), xs(3))],
    ['snappy', 'a second stream', concat(snappy.compress(first), snappy.compress(second))],
    ['snappy', 'an empty stream', concat(snappy.compress(both), snappy.compress(Buffer.alloc(0)))],
    ['lz4', 'stray bytes', concat(lz4.compress(both), xs(30))],
    ['lz4', 'a second frame', concat(lz4.compress(both), lz4.compress(second))],
    ['lz4', 'a content checksum that is wrong', wrongSum()],
    ['zstd', 'a second frame', concat(zstd.compress(first), zstd.compress(second))],
    ['zstd', 'a frame to be skipped', concat(zstd.compress(both), Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]))],
  ])('%s: %s', async (type, _, content) => {
    expect(await read(type, 2, content)).toBe('null:a null:b');
  });
});

function wrongSum(): Buffer {
  const frame = Buffer.from(lz4.compress(both));
  frame[4] = (frame[4] as number) | 4; // the frame has a header
  frame[6] = (xxhash32(frame, 4, 6) >> 8) & 0xff;
  return concat(frame, int32(7));
}

describe('bytes behind compressed records that Kafka refuses', () => {
  test.each<[CompressionType, string, Buffer]>([
    ['gzip', 'a member that is cut short', concat(gzip(both), gzip(second).subarray(0, 25))],
    ['gzip', 'the head of a member with something else behind it', concat(gzip(both), Buffer.from([0x1f, 0x8b, 8, 0]), xs(30))],
    ['gzip', 'a trailer that is cut short', gzip(both).subarray(0, -3)],
    ['snappy', 'the size of a block that is not there', concat(snappy.compress(both), int32(100), xs(10))],
    ['snappy', 'a block of no bytes', concat(snappy.compress(both), int32(0))],
    ['snappy', 'a negative size', concat(snappy.compress(both), int32(-1))],
    ['snappy', 'a head that is cut short', concat(snappy.compress(both), snappy.compress(second).subarray(0, 7))],
    ['zstd', 'a stray byte', concat(zstd.compress(both), xs(1))],
    ['zstd', 'stray bytes', concat(zstd.compress(both), xs(30))],
  ])('%s: %s', async (type, _, content) => {
    await expect(read(type, 2, content)).rejects.toThrow(ProtocolError);
  });

  test.each([
    ['checksum', 8],
    ['size', 4],
  ])('gzip: a %s that does not match', async (_, fromEnd) => {
    const content = gzip(both);
    content[content.length - fromEnd] = (content[content.length - fromEnd] as number) ^ 1; // within the trailer
    await expect(read('gzip', 2, content)).rejects.toThrow(/checksum does not match/);
  });
});

describe.each(['none', 'gzip'] as const)('records of a batch with compression %s', (type) => {
  const pack = (bytes: Buffer): Buffer => (type === 'gzip' ? gzip(bytes) : bytes);

  test.each<[string, Parts, string]>([
    ['key', { key: { length: -2 }, value: { length: 1, text: 'a' } }, 'null:a'],
    ['value', { key: { length: 1, text: 'k' }, value: { length: -5 } }, 'k:null'],
    ['key and value', { key: { length: -(2 ** 31) }, value: { length: -(2 ** 31) } }, 'null:null'],
    ['header value', { headers: concat(varint(1), varint(1), Buffer.from('h'), varint(-3)) }, 'null:null[h=null]'],
  ])('a length of the %s below -1 is null', async (_, parts, expected) => {
    expect(await read(type, 1, pack(record(0, parts)))).toBe(expected);
  });

  test('a header without a key, and a number of headers below zero, are refused', async () => {
    const headers = [concat(varint(1), varint(-1), varint(1), Buffer.from('z')), varint(-1)];
    for (const each of headers) await expect(read(type, 1, pack(record(0, { headers: each })))).rejects.toThrow(ProtocolError);
  });

  test('a batch without records has none, whatever stands in it', async () => {
    expect(await read(type, 0, pack(Buffer.alloc(0)))).toBe('');
    expect(await read(type, 0, pack(both))).toBe('');
  });

  test('more or fewer records than were counted are refused', async () => {
    for (const count of [1, 3]) await expect(read(type, count, pack(both))).rejects.toThrow(ProtocolError);
  });
});

describe('old messages', () => {
  function message(offset: number, { key, value, extra = '', attributes = 0 }: OldParts): Buffer {
    const text = (part: string | Buffer | number): Buffer =>
      typeof part === 'number' ? int32(part) : concat(int32(part.length), Buffer.from(part));
    const body = concat(Buffer.from([1, attributes]), Buffer.alloc(8), text(key), text(value), Buffer.from(extra));
    const head = Buffer.alloc(16);
    head.writeBigInt64BE(BigInt(offset));
    head.writeInt32BE(body.length + 4, 8);
    head.writeUInt32BE(crc32(body), 12);
    return concat(head, body);
  }
  interface OldParts {
    /** A number is a length of nothing. */
    readonly key: string | number;
    readonly value: string | Buffer | number;
    readonly extra?: string;
    readonly attributes?: number;
  }
  const inner = concat(message(0, { key: -1, value: 'a' }), message(1, { key: -1, value: 'b' }));
  const wrapper = (content: Buffer): Buffer => message(1, { key: -1, value: gzip(content), attributes: 1 });

  test.each([
    ['a length of the key below -1 is null', message(0, { key: -2, value: 'a' }), 'null:a'],
    ['a length of the value below -1 is null', message(0, { key: 'k', value: -9 }), 'k:null'],
    ['bytes behind the value are passed over', message(0, { key: 'k', value: 'a', extra: 'xy' }), 'k:a'],
    ['a message cut short at the end of a wrapper is none', wrapper(concat(inner, inner.subarray(0, 20))), 'null:a null:b'],
    ['a few bytes at the end of a wrapper are none', wrapper(concat(inner, xs(4))), 'null:a null:b'],
  ])('%s', async (_, bytes, expected) => {
    const records = decodeRecords(bytes, { codec: bytes[17] === 1 ? await loadCodec('gzip') : undefined });
    expect(records.map(({ key, value }) => `${key?.toString() ?? 'null'}:${value?.toString() ?? 'null'}`).join(' ')).toBe(expected);
  });
});
