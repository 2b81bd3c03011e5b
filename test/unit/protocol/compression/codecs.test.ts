import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Codec } from '../../../../src/protocol/compression/codec.js';
import { loadCodec } from '../../../../src/protocol/compression/load-codec.js';
import { ProtocolError } from '../../../../src/protocol/protocol-error.js';

const TYPES = ['gzip', 'snappy', 'lz4', 'zstd'] as const satisfies readonly Codec['type'][];
const LIMIT = 64 * 1024 * 1024;

/** Bytes with repetitions near and far, long and short, as well as noise. */
const compressible = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 70 }), fc.integer({ min: 1, max: 100 })), { maxLength: 20 })
  .map((parts) => Buffer.concat(parts.flatMap(([bytes, times]) => Array<Uint8Array>(times).fill(bytes))));

test.each(TYPES)('%s: any bytes come back', async (type) => {
  const codec = await loadCodec(type);
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 3000 }), compressible), (input) => {
      fc.pre(input.length > 0);
      expect(Buffer.from(codec.decompress(codec.compress(input), LIMIT)).equals(input)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test.each(TYPES)('%s: a view into a larger buffer is compressed on its own', async (type) => {
  const codec = await loadCodec(type);
  const larger = Buffer.from('before '.repeat(50) + 'the middle '.repeat(20_000) + ' after'.repeat(50));
  const middle = larger.subarray(350, larger.length - 300);
  const packed = codec.compress(middle);
  const inside = Buffer.concat([Buffer.alloc(5, 1), packed, Buffer.alloc(5, 1)]).subarray(5, 5 + packed.length);
  expect(Buffer.from(codec.decompress(inside, LIMIT)).equals(middle)).toBe(true);
});

test.each(TYPES)('%s: every block size around the block limits comes back', async (type) => {
  const codec = await loadCodec(type);
  const text = Buffer.alloc(140_000, 'some text that repeats, 0123456789; ');
  for (const size of [1, 4, 5, 12, 13, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 131_072, 140_000]) {
    const input = text.subarray(0, size);
    expect(Buffer.from(codec.decompress(codec.compress(input), LIMIT)).equals(input)).toBe(true);
  }
});

test.each(TYPES)('%s: what would be larger than the limit is an error, what just fits is not', async (type) => {
  const codec = await loadCodec(type);
  const packed = codec.compress(Buffer.alloc(300_000));
  expect(codec.decompress(packed, 300_000)).toHaveLength(300_000);
  expect(() => codec.decompress(packed, 299_999)).toThrow(ProtocolError);
});

test.each(TYPES)('%s: damaged, cut or foreign bytes are an error or other bytes, never a crash', async (type) => {
  const codec = await loadCodec(type);
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(compressible, damage, fc.option(fc.nat()), (input, changes, cut) => {
      const packed = Buffer.from(codec.compress(Buffer.concat([input, Buffer.from('end')])));
      for (const [at, byte] of changes) packed[at % packed.length] = byte;
      const given = cut === null ? packed : packed.subarray(0, cut % packed.length);
      try {
        expect(codec.decompress(given, LIMIT).length).toBeLessThanOrEqual(LIMIT);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 150 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
      try {
        codec.decompress(noise, LIMIT);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 500 },
  );
});

test.each(['gzip', 'lz4', 'zstd'] as const)('%s: data cut short is an error', async (type) => {
  const codec = await loadCodec(type);
  const packed = codec.compress(Buffer.from('text '.repeat(40_000)));
  for (const left of [packed.length - 1, packed.length - 5, Math.floor(packed.length / 2), 8, 3]) {
    expect(() => codec.decompress(packed.subarray(0, left), LIMIT)).toThrow(ProtocolError);
  }
});

test('a compression level is honoured', async () => {
  const text = Buffer.from(Array.from({ length: 5000 }, (_, index) => `line ${(index * 7919) % 1000}`).join('\n'));
  for (const type of ['gzip', 'zstd'] as const) {
    const fast = (await loadCodec(type, { level: 1 })).compress(text);
    const small = (await loadCodec(type, { level: 9 })).compress(text);
    expect(small.length).toBeLessThan(fast.length);
  }
});

test('gzip output is a plain gzip file', async () => {
  const codec = await loadCodec('gzip');
  expect(gunzipSync(codec.compress(Buffer.from('hello'))).toString()).toBe('hello');
});
