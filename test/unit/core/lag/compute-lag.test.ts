import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeLag } from '../../../../src/core/lag/compute-lag.js';
import { sumLag } from '../../../../src/core/lag/sum-lag.js';

test('the lag is what lies between the commit and the end', () => {
  expect(computeLag({ committed: 40n, start: 0n, end: 100n })).toEqual({ state: 'ok', lag: 60n, lost: 0n });
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

test('records that retention took before they were read are no lag any more, but lost', () => {
  expect(computeLag({ committed: 10n, start: 30n, end: 100n })).toEqual({ state: 'before-start', lag: 70n, lost: 20n });
  expect(computeLag({ committed: 20n, start: 100n, end: 100n })).toEqual({ state: 'before-start', lag: 0n, lost: 80n });
});

test.each([-1n, -5n, -(2n ** 63n)])('a commit of %s is a state of its own, and no lag', (committed) => {
  expect(computeLag({ committed, start: 0n, end: 100n })).toEqual({ state: 'below-zero', lag: undefined, lost: undefined });
});

test('a commit behind the last stable offset is beyond the end only where it is beyond the log', () => {
  expect(computeLag({ committed: 8n, start: 0n, end: 5n, highWatermark: 9n })).toEqual({ state: 'ok', lag: 0n, lost: 0n });
  expect(computeLag({ committed: 10n, start: 0n, end: 5n, highWatermark: 9n })).toMatchObject({
    state: 'beyond-end',
    lag: undefined,
  });
});

test('a commit that could not be read is not taken for none', () => {
  expect(computeLag({ committed: undefined, isCommitUnread: true, start: 0n, end: 9n })).toMatchObject({ state: 'unknown' });
});

test('an end that could not be read makes the lag unknown', () => {
  expect(computeLag({ committed: 10n, start: undefined, end: undefined })).toEqual({
    state: 'unknown',
    lag: undefined,
    lost: undefined,
  });
});

const row = (committed: bigint | undefined, start: bigint | undefined, end: bigint | undefined) => ({
  start,
  end,
  ...computeLag({ committed, start, end }),
});

test('a sum says how many partitions it leaves out, and what it could be with them', () => {
  const rows = [row(1n, 0n, 5n), row(undefined, 2n, 5n), row(9n, 0n, 5n), row(2n, 3n, 5n)];
  expect(sumLag(rows)).toEqual({ lag: 6n, lost: 1n, mostLag: 14n, partitions: 4, withoutLag: 2 });
});

test('the sum of partitions without a lag is not known, and so is that of no partitions: they may be hidden', () => {
  expect(sumLag([row(undefined, 0n, 5n)])).toEqual({ lag: undefined, lost: undefined, mostLag: 5n, partitions: 1, withoutLag: 1 });
  expect(sumLag([row(4n, undefined, undefined)])).toMatchObject({ lag: undefined, mostLag: undefined });
  expect(sumLag([])).toEqual({ lag: undefined, lost: undefined, mostLag: 0n, partitions: 0, withoutLag: 0 });
});

const maxInt64 = 2n ** 63n - 1n;
const commit = fc.option(fc.bigInt({ min: -maxInt64 - 1n, max: maxInt64 }), { nil: undefined });
const bounds = fc.option(
  fc.tuple(fc.bigInt({ min: 0n, max: maxInt64 }), fc.bigInt({ min: 0n, max: maxInt64 })).map(([one, other]) => {
    return one < other ? ([one, other] as const) : ([other, one] as const);
  }),
  { nil: undefined },
);

test('a lag never counts more than the log holds, and with what was lost it is the distance from the commit to the end', () => {
  fc.assert(
    fc.property(commit, bounds, (committed, log) => {
      const [start, end] = log ?? [];
      const { lag, lost, state } = computeLag({ committed, start, end });
      expect(lag === undefined).toBe(lost === undefined);
      expect(lag === undefined).toBe(state !== 'ok' && state !== 'before-start');
      if (lag === undefined || lost === undefined || committed === undefined || start === undefined || end === undefined) return;
      expect(lag >= 0n && lost >= 0n && lag <= end - start).toBe(true);
      expect(lag + lost).toBe(end - committed);
      expect(lost > 0n).toBe(state === 'before-start');
    }),
  );
});

test('a sum does not depend on the order, and is never more than it could be with all partitions', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(commit, bounds)), (places) => {
      const rows = places.map(([committed, log]) => row(committed, log?.[0], log?.[1]));
      const sum = sumLag(rows);
      expect(sumLag([...rows].reverse())).toEqual(sum);
      expect(sum.lag === undefined).toBe(sum.withoutLag === sum.partitions);
      if (sum.lag !== undefined && sum.mostLag !== undefined) expect(sum.lag <= sum.mostLag).toBe(true);
    }),
  );
});
