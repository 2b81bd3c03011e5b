import { expect, test } from 'vitest';
import { createSnappy } from '../../../../src/protocol/compression/snappy.js';

const LIMIT = 1 << 20;
const STREAM = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0, 0, 0, 0, 1, 0, 0, 0, 1]);

test('a raw block is read', () => {
  // 'abcd' as a literal, then a copy of 8 from 4 before, which overlaps itself.
  expect(createSnappy().decompress(Buffer.from([12, 3 << 2, 97, 98, 99, 100, (4 << 2) | 1, 4]), LIMIT)).toEqual(
    Buffer.from('abcdabcdabcd'),
  );
});

test('copies with distances of two and four bytes are read', () => {
  const literal = [3 << 2, 97, 98, 99, 100];
  expect(createSnappy().decompress(Buffer.from([8, ...literal, (3 << 2) | 2, 4, 0]), LIMIT)).toEqual(Buffer.from('abcdabcd'));
  expect(createSnappy().decompress(Buffer.from([8, ...literal, (3 << 2) | 3, 4, 0, 0, 0]), LIMIT)).toEqual(Buffer.from('abcdabcd'));
});

test('streams put one behind the other are one', () => {
  const block = Buffer.from([0, 0, 0, 3, 1, 0, 97]);
  expect(createSnappy().decompress(Buffer.concat([STREAM, block, STREAM, block]), LIMIT)).toEqual(Buffer.from('aa'));
});

test('what is written is a stream of blocks of 32 KiB', () => {
  const packed = Buffer.from(createSnappy().compress(Buffer.alloc(70_000, 'xyz')));
  expect(packed.subarray(0, 16)).toEqual(STREAM);
  const plainSizes: number[] = [];
  for (let at = 16; at < packed.length; at += 4 + packed.readInt32BE(at)) {
    plainSizes.push(
      (packed.readUInt8(at + 4) & 0x7f) + (packed.readUInt8(at + 5) & 0x7f) * 128 + (packed.readUInt8(at + 6) & 0x7f) * 16384,
    );
  }
  expect(plainSizes.map((size) => size % 16384)).toEqual([0, 0, 70_000 % 16384]);
});

test.each([
  ['a distance of zero', [8, 3 << 2, 97, 98, 99, 100, (0 << 2) | 1, 0]],
  ['a distance before the start', [8, 3 << 2, 97, 98, 99, 100, (0 << 2) | 1, 5]],
  ['fewer bytes than it says', [8, 3 << 2, 97, 98, 99, 100]],
  ['more bytes than it says', [3, 3 << 2, 97, 98, 99, 100]],
  ['a literal past its end', [8, 7 << 2, 97, 98]],
  ['a size that so few bytes cannot make', [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 97]],
  ['nothing', []],
])('a block with %s is refused', (_, bytes) => {
  expect(() => createSnappy().decompress(Buffer.from(bytes), LIMIT)).toThrow(/snappy/);
});
