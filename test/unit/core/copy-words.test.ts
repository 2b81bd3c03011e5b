import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyWords, wordView } from '../../../src/core/copy-words.js';

test('any range lands where it should, and touches nothing around it', () => {
  const range = fc.record({ bytes: fc.uint8Array({ maxLength: 300 }), skipped: fc.nat(9), at: fc.nat(9) });
  fc.assert(
    fc.property(range, ({ bytes, skipped, at }) => {
      // A view that does not begin at the buffer's start, as chunks of a stream do not.
      const source = Uint8Array.from([...new Uint8Array(skipped).fill(7), ...bytes]).subarray(skipped >> 1);
      const start = skipped - (skipped >> 1);
      const target = new Uint8Array(bytes.length + 20).fill(255);
      copyWords(wordView(source), start, start + bytes.length, wordView(target), at);
      const expected = new Uint8Array(bytes.length + 20).fill(255);
      expected.set(bytes, at);
      expect(target).toEqual(expected);
    }),
  );
});
