import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8SequenceLength } from '../../../../src/core/record-formats/utf8.js';

function isWellFormed(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const length = utf8SequenceLength(bytes, at, bytes.length);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

// Bytes near the borders of the encoding come up often.
const byte = fc.oneof(
  fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
  fc.nat(255),
);

test('well-formed UTF-8 is told from other bytes as Node tells it', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), (bytes) => {
      const source = Uint8Array.from(bytes);
      expect(isWellFormed(source)).toBe(isUtf8(source));
    }),
    { numRuns: 5000 },
  );
});
