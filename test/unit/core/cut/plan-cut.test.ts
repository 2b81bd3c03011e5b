import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planCut, type CutInput, type CutTarget } from '../../../../src/core/cut/plan-cut.js';

const input = (change: Partial<CutInput> = {}): CutInput => ({ topic: 'orders', partition: 0, start: 10n, end: 100n, ...change });
const given: CutTarget = { kind: 'given' };
const before: CutTarget = { kind: 'before', timestamp: 5 };

describe('where a log is cut', () => {
  test.each([
    { title: 'at the end', target: { kind: 'end' }, change: {}, cut: 100n },
    { title: 'so many offsets before the end', target: { kind: 'keep-last', count: 30n }, change: {}, cut: 70n },
    { title: 'nowhere when fewer are there than are to be kept', target: { kind: 'keep-last', count: 500n }, change: {}, cut: 10n },
    { title: 'at the offset of the file', target: given, change: { given: 42n }, cut: 42n },
    { title: 'at the end for the high watermark', target: given, change: { given: 'high-watermark' }, cut: 100n },
    { title: 'nowhere for an offset below the start', target: given, change: { given: 3n }, cut: 10n },
    { title: 'at the first record that is not older', target: before, change: { atTime: 60n }, cut: 60n },
    { title: 'at the end where every record is older', target: before, change: { atTime: undefined }, cut: 100n },
    { title: 'at the end as it was read, when that record came after it', target: before, change: { atTime: 130n }, cut: 100n },
  ] as const)('$title', ({ target, change, cut }) => {
    expect(planCut(target, [input(change)])).toEqual({
      rows: [{ topic: 'orders', partition: 0, start: 10n, end: 100n, cut, records: cut - 10n }],
      problems: [],
    });
  });
});

test('every offset beyond the end, and every missing one, is a problem', () => {
  const inputs = [input({ partition: 1, given: 101n }), input({ given: 100n }), input({ partition: 2 })];
  expect(planCut(given, inputs)).toMatchObject({
    rows: [{ partition: 0 }],
    problems: ['orders-1: offset 101 lies beyond the end, which is 100', 'orders-2: no offset is given'],
  });
});

test('rows are sorted by topic and partition, 10 after 2', () => {
  const inputs = [input({ partition: 10 }), input({ topic: 'bills' }), input({ partition: 2 })];
  expect(planCut({ kind: 'end' }, inputs).rows.map(({ topic, partition }) => `${topic}-${partition}`)).toEqual([
    'bills-0',
    'orders-2',
    'orders-10',
  ]);
});

const target = fc.oneof(
  fc.constant<CutTarget>({ kind: 'end' }),
  fc.constant<CutTarget>(given),
  fc.constant<CutTarget>(before),
  fc.bigInt(1n, 2n ** 63n - 1n).map((count): CutTarget => ({ kind: 'keep-last', count })),
);
const offset = fc.bigInt(0n, 2n ** 63n - 1n);
const anyInput = fc
  .tuple(offset, offset, fc.option(offset, { nil: undefined }), fc.oneof(offset, fc.constant('high-watermark' as const)))
  .map(([one, other, atTime, file]) =>
    input({ start: one < other ? one : other, end: one < other ? other : one, atTime, given: file }),
  );

test('a cut never leaves the log, and what goes and what stays is all there was', () => {
  fc.assert(
    fc.property(target, anyInput, (aim, log) => {
      const { rows, problems } = planCut(aim, [log]);
      expect(rows.length + problems.length).toBe(1);
      for (const { start, cut, end, records } of rows) {
        expect(start <= cut && cut <= end).toBe(true);
        expect(records + (end - cut)).toBe(end - start);
      }
    }),
  );
});

test('of a log with enough records, exactly as many stay as are to be kept', () => {
  fc.assert(
    fc.property(anyInput, offset, (log, some) => {
      const count = (some % (log.end - log.start + 1n)) + 0n;
      const [row] = planCut({ kind: 'keep-last', count }, [log]).rows;
      expect(log.end - (row?.cut ?? -1n)).toBe(count);
    }),
  );
});
