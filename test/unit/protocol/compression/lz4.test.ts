import { compressSync } from 'lz4-napi';
import { expect, test } from 'vitest';
import { createLz4 } from '../../../../src/protocol/compression/lz4.js';
import { xxhash32 } from '../../../../src/protocol/compression/xxhash32.js';

const LIMIT = 1 << 20;
const END = Buffer.alloc(4);

function header(flags: number, options: { contentSize?: bigint; broken?: boolean } = {}): Buffer {
  const size = Buffer.alloc(options.contentSize === undefined ? 0 : 8);
  if (options.contentSize !== undefined) size.writeBigUInt64LE(options.contentSize);
  const frame = Buffer.concat([Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40]), size]);
  return Buffer.concat([frame, Buffer.from([(xxhash32(frame, options.broken === true ? 0 : 4) >> 8) & 0xff])]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function block(plain: Buffer, dictionary?: Buffer): Buffer {
  const packed = compressSync(plain, dictionary).subarray(4);
  return Buffer.concat([uint32(packed.length), packed]);
}

const TEXT = Buffer.from('lz4 block, lz4 block, lz4 block, lz4 block. '.repeat(30));

// The reference values of the xxHash specification's own test programs, seed 0.
test.each([
  ['', 0x02cc5d05],
  ['a', 0x550d7456],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('the xxHash of %j is right', (text, hash) => {
  expect(xxhash32(Buffer.from(text))).toBe(hash);
});

test('the header is the one that the checksum function gives', () => {
  expect(createLz4().compress(TEXT).subarray(0, 7)).toEqual(header(0x60));
});

test('a frame is read with content size, block checksums and content checksum', () => {
  const body = block(TEXT);
  const frame = Buffer.concat([
    header(0x7c, { contentSize: BigInt(TEXT.length) }),
    body,
    uint32(xxhash32(body, 4)),
    END,
    uint32(xxhash32(TEXT)),
  ]);
  expect(createLz4().decompress(frame, LIMIT)).toEqual(TEXT);
  const damage = (at: number): Buffer => {
    const copy = Buffer.from(frame);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };
  expect(() => createLz4().decompress(damage(frame.length - 9), LIMIT)).toThrow(/checksum/);
  // Kafka's own reader does not look at the sum of the content.
  expect(createLz4().decompress(damage(frame.length - 1), LIMIT)).toEqual(TEXT);
});

test('the header checksum of clients before KIP-57 is taken, another wrong one is not', () => {
  const body = Buffer.concat([block(TEXT), END]);
  expect(createLz4().decompress(Buffer.concat([header(0x60, { broken: true }), body]), LIMIT)).toEqual(TEXT);
  const wrong = header(0x60);
  wrong.writeUInt8(wrong.readUInt8(6) ^ 0x80, 6);
  expect(() => createLz4().decompress(Buffer.concat([wrong, body]), LIMIT)).toThrow(/header checksum/);
});

test('linked blocks are read with what stands before them', () => {
  const frame = Buffer.concat([header(0x40), block(TEXT), block(TEXT, TEXT), END]);
  expect(createLz4().decompress(frame, LIMIT)).toEqual(Buffer.concat([TEXT, TEXT]));
});

test('the input is left as it was', () => {
  const packed = createLz4().compress(TEXT);
  const before = Buffer.from(packed);
  createLz4().decompress(packed, LIMIT);
  expect(Buffer.from(packed)).toEqual(before);
});

test('a block larger than the frame allows is refused', () => {
  const frame = Buffer.concat([header(0x60), uint32(65_537), Buffer.alloc(65_537), END]);
  expect(() => createLz4().decompress(frame, LIMIT)).toThrow(/65537 bytes/);
});
