import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { createZstdOn, loadWasmEngine, nodeEngine } from '../../../../src/protocol/compression/zstd.js';

const LIMIT = 1 << 20;
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const codec = createZstdOn(await loadWasmEngine(), 3);

/** A frame without a declared size whose blocks repeat one byte: 4 bytes for up to 128 KiB each. */
function bomb(blocks: number): Buffer {
  const size = 128 * 1024;
  const block = (isLast: boolean) => {
    const header = (size << 3) | (1 << 1) | (isLast ? 1 : 0);
    return [header & 0xff, (header >> 8) & 0xff, header >> 16, 97];
  };
  return Buffer.from([...MAGIC, 0, 0x38, ...Array.from({ length: blocks }, (_, index) => block(index === blocks - 1)).flat()]);
}

test('a frame that does not say its size is read', () => {
  expect(Buffer.from(codec.decompress(bomb(4), LIMIT)).equals(Buffer.alloc(4 * 128 * 1024, 'a'))).toBe(true);
});

test('a frame that would be too large is refused before it costs memory', () => {
  const before = process.memoryUsage().rss;
  expect(() => codec.decompress(bomb(20_000), LIMIT)).toThrow(/more than 1048576 bytes/);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});

test('frames behind each other, and skippable ones, are read', () => {
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);
  const parts = ['first', 'second'].map((text) => codec.compress(Buffer.from(text)));
  const joined = Buffer.concat([skippable, parts[0] ?? [], skippable, parts[1] ?? []].map((part) => Buffer.from(part)));
  expect(Buffer.from(codec.decompress(joined, LIMIT)).toString()).toBe('firstsecond');
});

test('a declared size that the blocks cannot hold is refused', () => {
  const frame = Buffer.from([...MAGIC, 0xa0, 0xff, 0xff, 0xff, 0x0f, 0x01, 0, 0]);
  expect(() => codec.decompress(frame, 2 ** 31)).toThrow(/larger than its blocks/);
});

test('the codec is ready for each caller, also when two ask at once', async () => {
  const [one, two] = await Promise.all([loadWasmEngine(), loadWasmEngine()]);
  const packed = one.compress(Buffer.from('shared'), 3);
  expect(Buffer.from(two.decompressFrame(packed, 100)).toString()).toBe('shared');
});

test("node's own zstd, where there is one, and the package read each other", () => {
  const engine = nodeEngine();
  expect(engine !== undefined).toBe('zstdCompressSync' in zlib);
  const other = engine === undefined ? codec : createZstdOn(engine, 3);
  const text = Buffer.from('text '.repeat(5000));
  expect(Buffer.from(other.decompress(codec.compress(text), LIMIT)).equals(text)).toBe(true);
  expect(Buffer.from(codec.decompress(other.compress(text), LIMIT)).equals(text)).toBe(true);
});
