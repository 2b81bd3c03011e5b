import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeLag, sumLag } from '../../../../src/core/lag/compute-lag.js';

test('the lag is what lies between the commit and the end', () => {
  expect(computeLag({ committed: 40n, start: 0n, end: 100n })).toEqual({ state: 'ok', lag: 60n, lost: undefined });
});

test('a group at the end has a lag of zero', () => {
  expect(computeLag({ committed: 100n, start: 0n, end: 100n })).toMatchObject({ state: 'ok', lag: 0n });
});

test('a partition without a commit is told apart from zero lag', () => {
  expect(computeLag({ committed: undefined, start: 0n, end: 100n })).toEqual({
    state: 'no-commit',
    lag: undefined,
    lost: undefined,
  });
});

test('a commit beyond the end is a state of its own, not a negative lag', () => {
  expect(computeLag({ committed: 101n, start: 0n, end: 100n })).toEqual({ state: 'beyond-end', lag: undefined, lost: undefined });
});

test('records that retention took before they were read are counted', () => {
  expect(computeLag({ committed: 10n, start: 30n, end: 100n })).toEqual({ state: 'before-start', lag: 90n, lost: 20n });
});

test('an end that could not be read makes the lag unknown', () => {
  expect(computeLag({ committed: 10n, start: undefined, end: undefined })).toEqual({
    state: 'unknown',
    lag: undefined,
    lost: undefined,
  });
});

test('a sum says how many partitions it leaves out', () => {
  const lags = [
    computeLag({ committed: 1n, start: 0n, end: 5n }),
    computeLag({ committed: undefined, start: 0n, end: 5n }),
    computeLag({ committed: 9n, start: 0n, end: 5n }),
    computeLag({ committed: 2n, start: 0n, end: 5n }),
  ];
  expect(sumLag(lags)).toEqual({ lag: 7n, partitions: 4, withoutLag: 2 });
});

test('no lag is ever negative, and what was lost is never more than the lag', () => {
  const offset = fc.option(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), { nil: undefined });
  fc.assert(
    fc.property(offset, offset, offset, (committed, first, second) => {
      const [start, end] = first !== undefined && second !== undefined && first > second ? [second, first] : [first, second];
      const { lag, lost } = computeLag({ committed, start, end });
      expect(lag === undefined || lag >= 0n).toBe(true);
      expect(lost === undefined || (lag !== undefined && lost > 0n && lost <= lag)).toBe(true);
    }),
  );
});
