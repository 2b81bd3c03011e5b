import { describe, expect, test } from 'vitest';
import { parseResetAim, type ResetFlags } from '../../../../src/core/reset/parse-reset-target.js';

const now = Date.UTC(2026, 10, 21, 12);

function thrown(flags: ResetFlags): unknown {
  try {
    return parseResetAim(flags, now);
  } catch (error) {
    return error;
  }
}

test.each<[ResetFlags, object]>([
  [{ toEarliest: true }, { kind: 'earliest' }],
  [{ toLatest: true }, { kind: 'latest' }],
  [{ toCurrent: true }, { kind: 'current' }],
  [{ toOffset: '9223372036854775807' }, { kind: 'offset', offset: 9223372036854775807n }],
  [{ shiftBy: '-100' }, { kind: 'shift', by: -100n }],
  [{ shiftBy: '+7' }, { kind: 'shift', by: 7n }],
  [{ byDuration: 'PT1H30M' }, { kind: 'time', timestamp: now - 5_400_000 }],
  [{ byDuration: '1h30m' }, { kind: 'time', timestamp: now - 5_400_000 }],
  [{ byDuration: 'P100000D' }, { kind: 'time', timestamp: 0 }],
  [{ toDatetime: '2026-11-21T13:00:00+02:00' }, { kind: 'time', timestamp: now - 3_600_000 }],
])('%o is the target %o', (flags, target) => {
  expect(parseResetAim(flags, now)).toEqual({ kind: 'target', target });
});

test('a file and a group are targets written elsewhere', () => {
  expect(parseResetAim({ fromFile: 'a.json' }, now)).toEqual({ kind: 'file', path: 'a.json' });
  expect(parseResetAim({ fromGroup: 'billing' }, now)).toEqual({ kind: 'group', groupId: 'billing' });
});

describe('refused', () => {
  test.each<[ResetFlags, string]>([
    [{}, 'no target is given'],
    [{ toEarliest: true, toLatest: true }, '--to-earliest and --to-latest are given together'],
    [{ toOffset: '-1' }, "--to-offset '-1' is no offset"],
    [{ toOffset: '9223372036854775808' }, "--to-offset '9223372036854775808' is no offset"],
    [{ toOffset: '1.5' }, "--to-offset '1.5' is no offset"],
    [{ shiftBy: 'ten' }, "--shift-by 'ten' is no number of records"],
    [{ byDuration: '10' }, "--by-duration '10' has no unit"],
    [{ byDuration: 'P1M' }, "--by-duration 'P1M' is no duration"],
    [{ toDatetime: '1795951423' }, "--to-datetime '1795951423' looks like seconds, and milliseconds are meant by a plain number"],
    [{ toDatetime: 'yesterday' }, "--to-datetime 'yesterday' is no time"],
    [{ toDatetime: '2026-02-30T00:00:00' }, "--to-datetime '2026-02-30T00:00:00' is no time"],
  ])('%j', (flags, message) => {
    expect(thrown(flags)).toMatchObject({ code: 'usage', message });
  });
});
