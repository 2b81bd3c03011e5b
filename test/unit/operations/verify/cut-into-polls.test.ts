import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutIntoPolls, type Poll, type PolledChunk } from '../../../../src/operations/verify/cut-into-polls.js';
import type { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';

/** A chunk of batches of these sizes of partition 0, or another one, with offsets from 10 on and no gaps but one at its end. */
function chunk(sizes: readonly number[], partition = 0, gap = 0): PolledChunk {
  let offset = 10n;
  const batches = sizes.map((size) => (visit: (record: RecordCursor) => unknown): boolean => {
    for (let at = 0; at < size; at++) {
      const buffer = Buffer.from(`k${offset}`);
      const record = { offset: offset++, buffer, keyStart: -1, keyEnd: -1, valueStart: 0, valueEnd: buffer.length };
      visit(Object.assign(Object.create(null), record) as RecordCursor); // only what a poll looks at
    }
    return true;
  });
  return {
    topic: 't',
    topicId: 'id-of-t',
    partition,
    nextOffset: 10n + BigInt(sizes.reduce((sum, size) => sum + size, gap)),
    leaderEpoch: 4,
    *batches() {
      yield* batches;
    },
  };
}

interface Limits {
  readonly maxPollRecords?: number;
  readonly max?: number;
  readonly withRecords?: boolean;
}

function polls(sizes: readonly number[], limits: Limits, others: readonly PolledChunk[] = []): Poll[] {
  const { maxPollRecords = 500, max = Infinity, withRecords = false } = limits;
  const waiting = [...others];
  const all: Poll[] = [];
  let kept = 0;
  const options = { maxPollRecords, withRecords, room: () => max - kept, more: () => waiting.shift() };
  for (const poll of cutIntoPolls(chunk(sizes), options)) {
    kept += poll.kept;
    all.push(poll);
  }
  return all;
}

test('a small chunk is one poll, whatever its batches', () => {
  expect(polls([2, 3], {})).toMatchObject([
    { count: 5, kept: 5, ranges: [{ count: 5, firstOffset: 10n, lastOffset: 14n }], ends: [{ offset: 15n }] },
  ]);
});

test('polls go on from batch to batch', () => {
  expect(polls([3, 3, 1], { maxPollRecords: 2 }).map(({ count, ranges }) => [count, ranges[0]?.firstOffset])).toEqual([
    [2, 10n],
    [2, 12n],
    [2, 14n],
    [1, 16n],
  ]);
});

test('the limit cuts what counts, not what was polled', () => {
  expect(polls([5], { max: 3 })).toMatchObject([
    { count: 5, kept: 3, ranges: [{ count: 3, lastOffset: 12n }], ends: [{ offset: 15n }] },
  ]);
});

test('a poll is filled up from other partitions as far as they have been read', () => {
  const rangesOf = (all: readonly Poll[]): unknown[] =>
    all.map(({ ranges }) => ranges.map(({ partition, count }) => [partition, count]));
  const others = [chunk([3], 1), chunk([2], 0), chunk([4], 2)];
  expect(rangesOf(polls([5], { maxPollRecords: 4 }, others))).toEqual([
    [[0, 4]],
    [
      [0, 1],
      [1, 3],
    ],
  ]);
  const more = [chunk([3], 1), chunk([2], 0)];
  expect(rangesOf(polls([5], {}, more))).toEqual([
    [
      [0, 7],
      [1, 3],
    ],
  ]);
});

test('a partition past the limit has an end and no range', () => {
  expect(polls([5], { max: 5 }, [chunk([3], 1)])).toMatchObject([
    { count: 8, kept: 5, ranges: [{ partition: 0, count: 5 }], ends: [{ partition: 0 }, { partition: 1, offset: 13n }] },
  ]);
});

test.each([
  { name: 'passes what lies behind its last record', maxPollRecords: 500, end: { offset: 16n, leaderEpoch: 4 } },
  { name: 'passes it with the next one where it was full', maxPollRecords: 3, end: { offset: 13n, leaderEpoch: undefined } },
])('a poll that empties a chunk $name', ({ maxPollRecords, end }) => {
  const options = { maxPollRecords, withRecords: false, room: () => Infinity, more: () => undefined };
  expect([...cutIntoPolls(chunk([3], 0, 3), options)].map(({ ends }) => ends)).toEqual([[expect.objectContaining(end)]]);
});

test('records are text, and only those that count', () => {
  expect(polls([3], { max: 2, withRecords: true })[0]?.records).toEqual([
    { topic: 't', partition: 0, key: null, value: 'k10', offset: 10n },
    { topic: 't', partition: 0, key: null, value: 'k11', offset: 11n },
  ]);
});

test('every record is in exactly one poll, and the limit is kept to', () => {
  const sizes = fc.array(fc.nat(7), { maxLength: 6 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }), (batches, maxPollRecords, max) => {
      const all = polls(batches, { maxPollRecords, max });
      const total = batches.reduce((sum, size) => sum + size, 0);
      expect(all.reduce((sum, { kept }) => sum + kept, 0)).toBe(Math.min(total, max));
      let next = 10n;
      for (const { count, kept, ranges, ends } of all) {
        expect(ranges).toMatchObject([{ count: kept, firstOffset: next, lastOffset: next + BigInt(kept) - 1n }]);
        expect(count).toBeLessThanOrEqual(maxPollRecords);
        next = ends[0]?.offset ?? -1n;
      }
    }),
  );
});
