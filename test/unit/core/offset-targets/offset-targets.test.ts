import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOffsetTarget } from '../../../../src/core/offset-targets/offset-target.js';
import { computeReadRange, offsetOfTarget, PastEndError } from '../../../../src/core/offset-targets/read-range.js';

const usage = expect.objectContaining({ code: 'usage' }) as Error;
const bounds = { earliest: 10n, end: 100n };

describe('offset targets', () => {
  test.each([
    ['0', { kind: 'offset', offset: 0n }],
    ['9223372036854775807', { kind: 'offset', offset: 9223372036854775807n }],
    ['earliest', { kind: 'earliest' }],
    ['LATEST', { kind: 'latest' }],
    ['end-5', { kind: 'from-end', count: 5n }],
  ])('%s', (text, target) => {
    expect(parseOffsetTarget(text, '--offset')).toEqual(target);
  });

  test.each([['-1'], ['1.5'], ['9223372036854775808'], ['end+1'], [''], ['first']])('%j is no offset', (text) => {
    expect(() => parseOffsetTarget(text, '--offset')).toThrow(usage);
  });

  test('counting back from the end stops at the earliest offset', () => {
    expect(offsetOfTarget({ kind: 'from-end', count: 30n }, bounds, undefined)).toBe(70n);
    expect(offsetOfTarget({ kind: 'from-end', count: 300n }, bounds, undefined)).toBe(10n);
  });

  test('a time after the last record is the end', () => {
    expect(offsetOfTarget({ kind: 'time', timestamp: 1 }, bounds, undefined)).toBe(100n);
    expect(offsetOfTarget({ kind: 'time', timestamp: 1 }, bounds, 42n)).toBe(42n);
  });
});

describe('read ranges', () => {
  test('a start that is gone moves to the earliest offset and says how many are missing', () => {
    expect(computeReadRange(4n, undefined, bounds)).toEqual({ start: 10n, stop: undefined, missing: 6n, logStart: 10n });
    // Also where nothing of what was asked for is left.
    expect(computeReadRange(4n, 6n, bounds)).toEqual({ start: 6n, stop: 6n, missing: 2n, logStart: 10n });
  });

  test('a start at the end waits for the next record', () => {
    expect(computeReadRange(100n, undefined, bounds)).toEqual({ start: 100n, stop: undefined });
  });

  test('a start behind the end is refused where reading would wait, and empty where it stops', () => {
    expect(() => computeReadRange(101n, undefined, bounds)).toThrow(PastEndError);
    expect(computeReadRange(101n, 100n, bounds)).toEqual({ start: 100n, stop: 100n, beyond: 101n, logEnd: 100n });
  });

  test('a range never runs backwards and never leaves the log at its start', () => {
    const offset = fc.bigInt({ min: 0n, max: 200n });
    fc.assert(
      fc.property(offset, offset, (start, stop) => {
        const range = computeReadRange(start, stop < 100n ? stop : 100n, bounds);
        expect(range.start <= (range.stop ?? range.start)).toBe(true);
        expect(range.start >= 10n || range.start === range.stop).toBe(true);
      }),
    );
  });
});
