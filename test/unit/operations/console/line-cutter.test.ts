import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineCutter } from '../../../../src/operations/console/line-cutter.js';

/** Cuts a stream that arrives in chunks of the given sizes; the chunk's memory is overwritten as soon as it was used. */
function cut(bytes: Uint8Array, delimiter: Uint8Array, sizes: readonly number[]): number[][] {
  const cutter = new LineCutter(delimiter);
  const lines: number[][] = [];
  const take = (): void => {
    while (cutter.next()) lines.push([...cutter.source.subarray(cutter.start, cutter.end)]);
  };
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    cutter.feed(chunk);
    take();
    chunk.fill(0xdd);
    at += size;
  }
  cutter.finish();
  take();
  return lines;
}

/** What the lines should be, by the simplest means. */
function expected(bytes: Uint8Array, delimiter: Uint8Array): number[][] {
  const lines: number[][] = [];
  let rest = Buffer.from(bytes);
  for (let at = rest.indexOf(delimiter); at >= 0; at = rest.indexOf(delimiter)) {
    lines.push([...rest.subarray(0, at)]);
    rest = rest.subarray(at + delimiter.length);
  }
  return rest.length > 0 ? [...lines, [...rest]] : lines;
}

test('however a stream is cut into chunks, its lines are the same', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ max: 3, maxLength: 80 }),
      fc.uint8Array({ max: 3, minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
      (bytes, delimiter, sizes) => {
        expect(cut(bytes, delimiter, sizes)).toEqual(expected(bytes, delimiter));
      },
    ),
    { numRuns: 3000 },
  );
});

test('a last line without a delimiter is a line; an empty rest is none', () => {
  const newline = Buffer.from('\n');
  expect(cut(Buffer.from('a\nb'), newline, [100])).toEqual([[97], [98]]);
  expect(cut(Buffer.from('a\n'), newline, [100])).toEqual([[97]]);
  expect(cut(Buffer.from('\n\n'), newline, [100])).toEqual([[], []]);
  expect(cut(Buffer.alloc(0), newline, [100])).toEqual([]);
});

test('the length of a line that goes on is known', () => {
  const cutter = new LineCutter(Buffer.from('\n'));
  for (const chunk of ['abc', 'def']) {
    cutter.feed(Buffer.from(chunk));
    expect(cutter.next()).toBe(false);
  }
  expect(cutter.openLength).toBe(6);
});
