import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReset } from '../../../../src/core/reset/plan-reset.js';
import { requireTimestamps, translationOf } from '../../../../src/core/reset/translation.js';

const entry = { topic: 'orders', partition: 0, offset: 5n };

test('an entry is translated by its time, known or not, and one that says nothing of times is not', () => {
  expect(translationOf(entry)).toBeUndefined();
  expect(translationOf({ ...entry, timestamp: 100n })).toEqual({ offset: 5n, timestamp: 100n, atEnd: false });
  expect(translationOf({ ...entry, timestamp: 100n, atEnd: true })).toEqual({ offset: 5n, timestamp: 100n, atEnd: true });
  expect(translationOf({ ...entry, timestamp: 'unknown' })).toEqual({ offset: 5n, timestamp: undefined, atEnd: false });
});

describe('a file whose entries lack their times', () => {
  const groups = [
    {
      groupId: 'billing',
      entries: [{ ...entry, timestamp: 1n }, ...[1, 2, 3, 4, 5, 6].map((partition) => ({ ...entry, partition }))],
    },
  ];

  test('is refused, naming some of them and the command that writes them', () => {
    expect(() => requireTimestamps(groups, 'committed', 'f.json')).toThrow(
      expect.objectContaining({
        code: 'config',
        message:
          'f.json has no timestamps for orders-1, orders-2, orders-3, orders-4, orders-5 and 1 more, so its offsets cannot be translated by time',
        hint: 'write the file again where the group is now: kafkit groups export billing --with-timestamps',
      }),
    );
    expect(() => requireTimestamps([{ groupId: 'g', entries: [entry] }], 'committed', 'f.json')).toThrow(
      'f.json has no timestamps, so its offsets cannot be translated by time',
    );
  });

  test('is taken where the topics named have theirs', () => {
    expect(() => requireTimestamps(groups, [{ topic: 'orders', partitions: [0] }], 'f.json')).not.toThrow();
    expect(() => requireTimestamps(groups, [{ topic: 'orders', partitions: [0, 1] }], 'f.json')).toThrow('for orders-1, so');
  });
});

const place = { topic: 'orders', partition: 0, committed: undefined, start: 10n, end: 20n };
const given = { offset: 5n, metadata: 'note' };

test.each([
  ['a time that a record has', { timestamp: 100n, atEnd: false }, 13n, { after: 13n, note: undefined }],
  ['a time newer than every record', { timestamp: 100n, atEnd: false }, undefined, { after: 20n, note: 'no-later-record' }],
  ['the time of the last record read', { timestamp: 100n, atEnd: true }, 13n, { after: 13n, note: 'last-record-again' }],
  ['no time', { timestamp: undefined, atEnd: false }, undefined, { after: 10n, note: 'no-time-known' }],
  ['a record that came after the end was read', { timestamp: 100n, atEnd: false }, 25n, { after: 20n, note: 'clamped-to-end' }],
])('by %s', (_title, by, atTime, row) => {
  const translation = { offset: 5n, ...by };
  const { rows } = planReset({ kind: 'translated' }, [{ ...place, given, translation, atTime }]);
  expect(rows).toEqual([expect.objectContaining({ ...row, before: undefined, metadata: 'note', translation })]);
});

test('a partition that the file does not name is a problem', () => {
  const { problems } = planReset({ kind: 'translated' }, [place]);
  expect(problems).toEqual([{ topic: 'orders', partition: 0, message: 'has no offset in what was given' }]);
});

/** What ListOffsets answers: the first record at or after a time. */
function firstAtOrAfter(times: readonly number[], base: number, time: bigint | undefined): bigint | undefined {
  const index = time === undefined ? -1 : times.findIndex((each) => BigInt(each) >= time);
  return index < 0 ? undefined : BigInt(base + index);
}

test('a translation never passes over an unread record, however times jump and however much of the mirror is there', () => {
  const times = fc.array(fc.nat({ max: 8 }), { maxLength: 12 });
  const world = fc.record({
    times,
    later: times,
    read: fc.nat({ max: 12 }),
    ahead: fc.nat({ max: 12 }),
    base: fc.nat({ max: 50 }),
  });
  fc.assert(
    fc.property(world, ({ times: source, later, read, ahead, base }) => {
      const committed = Math.min(read, source.length);
      const atEnd = committed === source.length;
      const time = atEnd ? source.at(-1) : source[committed];
      // The mirror has other offsets, may lag behind, or hold what came to the source after the export.
      const mirror = [...source, ...later].slice(0, ahead);
      const timestamp = time === undefined ? undefined : BigInt(time);
      const { rows } = planReset({ kind: 'translated' }, [
        {
          ...place,
          start: BigInt(base),
          end: BigInt(base + mirror.length),
          given: { offset: BigInt(committed) },
          translation: { offset: BigInt(committed), timestamp, atEnd },
          atTime: firstAtOrAfter(mirror, base, timestamp),
        },
      ]);
      expect(rows[0]?.after).toBeLessThanOrEqual(BigInt(base + committed));
      expect(rows[0]?.after).toBeGreaterThanOrEqual(BigInt(base));
    }),
    { numRuns: 2000 },
  );
});
