import { expect, test } from 'vitest';
import { ProtocolError } from '../../../../src/protocol/protocol-error.js';
import { BatchReader } from '../../../../src/protocol/records/batch-reader.js';
import { javaBytes } from './fixtures/read-java-batches.js';

const ONE = javaBytes('v2 transactional');

function walk(buffer: Buffer, start?: number, end?: number): BatchReader {
  const reader = new BatchReader(buffer, start, end);
  while (reader.next());
  return reader;
}

test('a batch cut short at the end is told of, with the bytes it needs', () => {
  const two = Buffer.concat([ONE, ONE]);
  for (let length = ONE.length + 1; length < two.length; length++) {
    const reader = walk(two.subarray(0, length));
    const have = length - ONE.length;
    expect(reader.batches).toBe(1);
    expect(reader.cut).toEqual({ have, need: have < 12 ? undefined : ONE.length });
  }
});

test('a first batch larger than the response is known by no whole batch and the size to ask for', () => {
  const reader = walk(ONE.subarray(0, 40));
  expect([reader.batches, reader.cut?.need]).toEqual([0, ONE.length]);
});

test('whole batches leave nothing cut, and no bytes no batches', () => {
  expect(walk(Buffer.concat([ONE, ONE, ONE]))).toMatchObject({ batches: 3, cut: undefined });
  expect(walk(Buffer.alloc(0))).toMatchObject({ batches: 0, cut: undefined });
});

test('a range of a larger buffer is read on its own', () => {
  const around = Buffer.concat([Buffer.alloc(7, 255), ONE, Buffer.alloc(9, 255)]);
  expect(walk(around, 7, 7 + ONE.length)).toMatchObject({ batches: 1, cut: undefined });
});

function changed(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(ONE);
  change(bytes);
  return bytes;
}

test.each([
  ['a negative length', (bytes: Buffer) => bytes.writeInt32BE(-1, 8), /impossible length -1/],
  ['a length below any message', (bytes: Buffer) => bytes.writeInt32BE(13, 8), /impossible length 13/],
  ['a length below its own header', (bytes: Buffer) => bytes.writeInt32BE(48, 8), /its header alone 61/],
  ['a format version of the future', (bytes: Buffer) => bytes.writeInt8(3, 16), /unknown format version 3/],
])('%s is refused', (_, change, message) => {
  const bytes = changed(change);
  expect(() => walk(bytes)).toThrow(ProtocolError);
  expect(() => walk(bytes)).toThrow(message);
});

test('a compression type that does not exist is refused', () => {
  const reader = new BatchReader(changed((bytes) => bytes.writeInt16BE(5, 21)));
  reader.next();
  expect(() => reader.batch.compression).toThrow(/unknown compression type 5/);
});

test('every flipped bit behind the checksum is noticed', () => {
  for (let bit = 17 * 8; bit < ONE.length * 8; bit++) {
    const reader = new BatchReader(changed((bytes) => bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)));
    expect(reader.next() && reader.batch.isIntact()).toBe(false);
  }
});
