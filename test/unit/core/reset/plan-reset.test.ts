import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReset, type ResetInput, type ResetTarget } from '../../../../src/core/reset/plan-reset.js';

function partition(facts: Partial<ResetInput> = {}): ResetInput {
  return { topic: 'orders', partition: 0, committed: 40n, start: 10n, end: 100n, ...facts };
}

describe('the new offset', () => {
  test.each<[string, ResetTarget, Partial<ResetInput>, bigint, string | undefined]>([
    ['earliest is the start of the log', { kind: 'earliest' }, {}, 10n, undefined],
    ['latest is the end of the log', { kind: 'latest' }, {}, 100n, undefined],
    ['current stays', { kind: 'current' }, {}, 40n, undefined],
    ['current without a commit is the end', { kind: 'current' }, { committed: undefined }, 100n, 'no-commit'],
    ['current below the start moves to the start', { kind: 'current' }, { committed: 3n }, 10n, 'clamped-to-start'],
    ['an offset is taken as it is', { kind: 'offset', offset: 77n }, {}, 77n, undefined],
    ['an offset below the start is clamped', { kind: 'offset', offset: 5n }, {}, 10n, 'clamped-to-start'],
    ['an offset past the end is clamped', { kind: 'offset', offset: 101n }, {}, 100n, 'clamped-to-end'],
    ['the end itself is not clamped', { kind: 'offset', offset: 100n }, {}, 100n, undefined],
    ['a shift forward', { kind: 'shift', by: 5n }, {}, 45n, undefined],
    ['a shift back', { kind: 'shift', by: -5n }, {}, 35n, undefined],
    ['a shift past the end stops at the end', { kind: 'shift', by: 500n }, {}, 100n, 'clamped-to-end'],
    ['a time is the first record at or after it', { kind: 'time', timestamp: 1 }, { atTime: 60n }, 60n, undefined],
    ['a time after every record is the end', { kind: 'time', timestamp: 1 }, {}, 100n, 'no-later-record'],
    ['a given offset', { kind: 'given' }, { given: { offset: 50n } }, 50n, undefined],
  ])('%s', (_title, target, facts, after, note) => {
    expect(planReset(target, [partition(facts)]).rows).toMatchObject([{ after, note }]);
  });

  test.each<[string, ResetTarget, Partial<ResetInput>, string]>([
    ['a shift without a commit', { kind: 'shift', by: 1n }, { committed: undefined }, 'has no committed offset to shift from'],
    ['a partition that the file does not name', { kind: 'given' }, {}, 'has no offset in what was given'],
  ])('%s is a problem, not a row', (_title, target, facts, message) => {
    expect(planReset(target, [partition(facts)])).toEqual({ rows: [], problems: [{ topic: 'orders', partition: 0, message }] });
  });
});

describe('what a reset means for the reader', () => {
  test('moving back says how many records are read again', () => {
    expect(planReset({ kind: 'earliest' }, [partition()]).rows).toMatchObject([
      { before: 40n, after: 10n, rereads: 30n, skips: 0n, changes: true },
    ]);
  });

  test('moving on says how many records are skipped', () => {
    expect(planReset({ kind: 'latest' }, [partition()]).rows).toMatchObject([{ rereads: 0n, skips: 60n, changes: true }]);
  });

  test('records that are gone are neither read again nor skipped', () => {
    expect(planReset({ kind: 'earliest' }, [partition({ committed: 3n })]).rows).toMatchObject([
      { before: 3n, after: 10n, rereads: 0n, skips: 0n },
    ]);
  });

  test('an unchanged offset is no change', () => {
    expect(planReset({ kind: 'current' }, [partition()]).rows).toMatchObject([{ changes: false }]);
  });

  test('a leader epoch is kept for an unchanged offset and dropped for a clamped one', () => {
    const given = { leaderEpoch: 7, metadata: 'note' };
    const plan = planReset({ kind: 'given' }, [
      partition({ partition: 0, given: { ...given, offset: 50n } }),
      partition({ partition: 1, given: { ...given, offset: 500n } }),
    ]);
    expect(plan.rows.map(({ leaderEpoch, metadata }) => ({ leaderEpoch, metadata }))).toEqual([
      { leaderEpoch: 7, metadata: 'note' },
      { leaderEpoch: undefined, metadata: 'note' },
    ]);
  });
});

test('every planned offset lies inside the log, and its cost is the distance moved', () => {
  const offset = fc.bigInt({ min: 0n, max: 1000n });
  const target = fc.oneof(
    fc.constantFrom<ResetTarget>({ kind: 'earliest' }, { kind: 'latest' }, { kind: 'current' }),
    fc.bigInt({ min: 0n, max: 2000n }).map<ResetTarget>((value) => ({ kind: 'offset', offset: value })),
    fc.bigInt({ min: -2000n, max: 2000n }).map<ResetTarget>((by) => ({ kind: 'shift', by })),
  );
  fc.assert(
    fc.property(target, offset, offset, offset, (aim, committed, first, second) => {
      const [start, end] = first < second ? [first, second] : [second, first];
      const [row] = planReset(aim, [partition({ committed, start, end })]).rows;
      if (row === undefined) throw new Error('no row');
      expect(row.after >= start && row.after <= end).toBe(true);
      const inside = committed < start ? start : committed;
      // Behind the end of the log nobody knows what the group has read.
      if (committed > end) expect([row.skips, row.rereads]).toEqual([undefined, undefined]);
      else expect((row.skips ?? 0n) - (row.rereads ?? 0n)).toBe(row.after - inside);
    }),
  );
});

test.each<[ResetTarget['kind'], () => ResetTarget]>([
  ['current', () => ({ kind: 'current' })],
  ['shift', () => ({ kind: 'shift', by: 5n })],
])('a commit below zero is no place to go from: %s', (_kind, target) => {
  const { rows, problems } = planReset(target(), [partition({ committed: -5n, start: 0n, end: 9n })]);
  expect(rows).toEqual([]);
  expect(problems[0]?.message).toContain('has a commit below zero (-5), which is no place in the log');
});

test('a commit below zero is repaired by any other target, and what the group has read is not known', () => {
  const { rows } = planReset({ kind: 'earliest' }, [partition({ committed: -1n, start: 3n, end: 9n })]);
  expect(rows).toMatchObject([{ before: -1n, after: 3n, changes: true, note: 'below-zero', rereads: undefined, skips: undefined }]);
});
