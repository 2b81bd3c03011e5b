import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEscapes } from '../../../../src/core/record-formats/escape-sequences.js';

test.each([
  ['\\t', [9]],
  ['\\n', [10]],
  ['\\r\\n', [13, 10]],
  ['\\0', [0]],
  ['\\\\', [92]],
  ['\\x00\\xfF', [0, 255]],
  ['a\\tb', [97, 9, 98]],
  [':', [58]],
  ['é', [0xc3, 0xa9]],
  ['', []],
])('the escapes of %j are read', (text, bytes) => {
  expect([...parseEscapes(text, '--separator')]).toEqual(bytes);
});

test.each([['\\'], ['\\q'], ['\\x'], ['\\x1'], ['\\xzz'], ['a\\']])('%j is refused, quoted', (text) => {
  expect(() => parseEscapes(text, '--separator')).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(() => parseEscapes(text, '--separator')).toThrow(`--separator '${text}'`);
});

test('every byte can be written as \\xNN', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
      expect(parseEscapes(text, 'text')).toEqual(bytes);
    }),
  );
});
