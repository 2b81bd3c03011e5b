import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutIntoPolls, type Poll } from '../../../../src/operations/verify/cut-into-polls.js';
import type { FetchedChunk } from '../../../../src/client/fetcher/fetched-chunk.js';
import type { RecordCursor } from '../../../../src/protocol/records/record-cursor.js';

/** A chunk of batches of these sizes, with offsets from 10 on and no gaps. */
function chunk(...sizes: readonly number[]): Pick<FetchedChunk, 'batches'> {
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
    *batches() {
      yield* batches;
    },
  };
}

function polls(sizes: readonly number[], options: { maxPollRecords?: number; max?: number; withRecords?: boolean }): Poll[] {
  const { maxPollRecords = 500, max = Infinity, withRecords = false } = options;
  const all: Poll[] = [];
  let kept = 0;
  for (const poll of cutIntoPolls(chunk(...sizes), { maxPollRecords, withRecords, room: () => max - kept })) {
    kept += poll.kept;
    all.push(poll);
  }
  return all;
}

test('a small chunk is one poll, whatever its batches', () => {
  expect(polls([2, 3], {})).toMatchObject([{ count: 5, kept: 5, firstOffset: 10n, lastOffset: 14n, nextOffset: 15n }]);
});

test('polls go on from batch to batch', () => {
  expect(polls([3, 3, 1], { maxPollRecords: 2 }).map(({ count, firstOffset }) => [count, firstOffset])).toEqual([
    [2, 10n],
    [2, 12n],
    [2, 14n],
    [1, 16n],
  ]);
});

test('the limit cuts what counts, not what was polled', () => {
  expect(polls([5], { max: 3 })).toMatchObject([{ count: 5, kept: 3, lastOffset: 12n, nextOffset: 15n }]);
});

test('records are text, and only those that count', () => {
  expect(polls([3], { max: 2, withRecords: true })[0]?.records).toEqual([
    { key: null, value: 'k10', offset: 10n },
    { key: null, value: 'k11', offset: 11n },
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
      for (const { count, kept, firstOffset, lastOffset, nextOffset } of all) {
        expect([firstOffset, lastOffset]).toEqual([next, next + BigInt(kept) - 1n]);
        expect(count).toBeLessThanOrEqual(maxPollRecords);
        next = nextOffset;
      }
    }),
  );
});
