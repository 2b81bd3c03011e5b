import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBase64, writeBase64 } from '../../../../src/core/record-formats/base64.js';
import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';

test('what is written is what Buffer writes, and is read back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = new ByteBuffer(1);
      writeBase64(text, bytes, 0, bytes.length);
      expect(Buffer.from(text.view()).toString()).toBe(Buffer.from(bytes).toString('base64'));
      const decoded = new ByteBuffer(1);
      expect(readBase64(decoded, text.view(), 0, text.length)).toBe(true);
      expect([...decoded.view()]).toEqual([...bytes]);
    }),
  );
});

test.each([['A'], ['AA'], ['AA='], ['A==='], ['===='], ['AB=='], ['AAB='], ['A A='], ['AA==AA=='], ['-_=='], ['AAA=A']])(
  '%j is no base64',
  (text) => {
    expect(readBase64(new ByteBuffer(), Buffer.from(text), 0, text.length)).toBe(false);
  },
);
