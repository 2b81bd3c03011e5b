import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalsBytes, findBytes } from '../../../../src/core/record-formats/find-bytes.js';

const smallBytes = fc.uint8Array({ max: 3, maxLength: 30 });

test('the first occurrence inside the range is found, as Buffer.indexOf finds it', () => {
  fc.assert(
    fc.property(
      smallBytes,
      fc.uint8Array({ max: 3, minLength: 1, maxLength: 4 }),
      fc.nat(30),
      fc.nat(30),
      (source, pattern, a, b) => {
        const start = Math.min(a, b, source.length);
        const end = Math.min(Math.max(a, b), source.length);
        const expected = Buffer.from(source.subarray(start, end)).indexOf(pattern);
        expect(findBytes(source, pattern, start, end)).toBe(expected < 0 ? -1 : start + expected);
      },
    ),
  );
});

test('two ranges are equal exactly when their bytes are', () => {
  fc.assert(
    fc.property(smallBytes, smallBytes, (left, right) => {
      expect(equalsBytes(left, 0, left.length, right)).toBe(Buffer.from(left).equals(right));
      expect(equalsBytes(left, 0, left.length, left)).toBe(true);
    }),
  );
});
