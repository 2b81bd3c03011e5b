import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AbortedTransaction, scanRun } from '../../../../src/client/fetcher/scan-run.js';
import { BATCH } from '../../../../src/protocol/records/batch-format.js';
import { makeBatch } from './make-batch.js';

/** Base offsets of the batches of a run that may be shown. */
function visible(records: Buffer, request: { position?: bigint; stop?: bigint; aborted?: AbortedTransaction[] } = {}) {
  const run = scanRun({ records, position: request.position ?? 0n, stop: request.stop, aborted: request.aborted });
  const bases = run.batches.filter((span) => span.isVisible).map(({ start }) => records.readBigInt64BE(start + BATCH.baseOffset));
  return { bases, next: run.next, epoch: run.leaderEpoch, needed: run.bytesNeeded };
}

const plain = Buffer.concat([makeBatch(0n, ['a', 'b']), makeBatch(2n, ['c'], { epoch: 3 }), makeBatch(3n, ['d', 'e'])]);

test('every batch is found, and reading goes on behind the last', () => {
  expect(visible(plain)).toEqual({ bases: [0n, 2n, 3n], next: 5n, epoch: 0, needed: undefined });
});

test('a batch that holds the position is kept, those wholly before it are not', () => {
  expect(visible(plain, { position: 1n }).bases).toEqual([0n, 2n, 3n]);
  expect(visible(plain, { position: 2n }).bases).toEqual([2n, 3n]);
});

test('batches from the stop on are left out', () => {
  expect(visible(plain, { stop: 3n })).toMatchObject({ bases: [0n, 2n], next: 3n, epoch: 3 });
});

test('a stop inside a compacted gap is reached at the batch behind the gap', () => {
  const records = Buffer.concat([makeBatch(0n, ['a']), makeBatch(10n, ['b'])]);
  expect(visible(records, { stop: 7n })).toMatchObject({ bases: [0n], next: 7n });
});

test('the offsets a compacted batch has lost at its end count as read', () => {
  expect(visible(makeBatch(4n, ['a'], { last: 9n }), { position: 4n }).next).toBe(10n);
});

test('a last batch cut short is left for the next request', () => {
  expect(visible(plain.subarray(0, plain.length - 1))).toMatchObject({ bases: [0n, 2n], next: 3n, needed: undefined });
});

test('a first batch cut short tells its size, and that it must be asked for again', () => {
  const batch = makeBatch(0n, ['a']);
  expect(visible(batch.subarray(0, 40))).toEqual({ bases: [], next: 0n, epoch: undefined, needed: batch.length });
});

test('control batches are never shown but always passed', () => {
  const records = Buffer.concat([
    makeBatch(0n, ['a'], { producerId: 7n }),
    makeBatch(1n, [], { producerId: 7n, control: 'commit' }),
  ]);
  expect(visible(records)).toMatchObject({ bases: [0n], next: 2n });
  expect(visible(records, { aborted: [] })).toMatchObject({ bases: [0n], next: 2n });
});

test('an aborted transaction hides its producer from its first offset to its marker, and nobody else', () => {
  const records = Buffer.concat([
    makeBatch(0n, ['before'], { producerId: 7n }),
    makeBatch(1n, [], { producerId: 7n, control: 'commit' }),
    makeBatch(2n, ['lost'], { producerId: 7n }),
    makeBatch(3n, ['other'], { producerId: 8n }),
    makeBatch(4n, ['plain']),
    makeBatch(5n, [], { producerId: 7n, control: 'abort' }),
    makeBatch(6n, ['after'], { producerId: 7n }),
  ]);
  expect(visible(records, { aborted: [{ producerId: 7n, firstOffset: 2n }] }).bases).toEqual([0n, 3n, 4n, 6n]);
  expect(visible(records).bases).toEqual([0n, 2n, 3n, 4n, 6n]);
});

test('an aborted transaction that began before the position still hides what is left of it', () => {
  const records = makeBatch(5n, ['rest'], { producerId: 7n });
  expect(visible(records, { position: 5n, aborted: [{ producerId: 7n, firstOffset: 1n }] })).toMatchObject({ bases: [], next: 6n });
});

test('read_committed shows exactly the batches of transactions that were committed, and those outside of any', () => {
  // A producer appends, commits or aborts; two producers take turns, a third has no transactions.
  const step = fc.record({
    producer: fc.constantFrom(1n, 2n, undefined),
    action: fc.constantFrom('data', 'data', 'commit', 'abort'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const log: Buffer[] = [];
      const open = new Map<bigint, bigint[]>();
      const aborted: AbortedTransaction[] = [];
      const hidden = new Set<bigint>();
      const data: bigint[] = [];
      const append = (producerId: bigint | undefined, control?: 'commit' | 'abort'): bigint => {
        const base = BigInt(log.length);
        log.push(
          makeBatch(base, ['v'], {
            ...(producerId === undefined ? {} : { producerId }),
            ...(control === undefined ? {} : { control }),
          }),
        );
        return base;
      };
      const end = (producer: bigint, control: 'commit' | 'abort'): void => {
        const offsets = open.get(producer) ?? [];
        open.delete(producer);
        append(producer, control);
        if (control === 'commit' || offsets[0] === undefined) return;
        aborted.push({ producerId: producer, firstOffset: offsets[0] });
        for (const offset of offsets) hidden.add(offset);
      };
      for (const { producer, action } of steps) {
        if (producer === undefined || action === 'data') {
          const base = append(producer);
          data.push(base);
          if (producer !== undefined) open.set(producer, [...(open.get(producer) ?? []), base]);
        } else end(producer, action); // 'data' went the other way
      }
      for (const producer of [...open.keys()]) end(producer, 'abort');
      const found = visible(Buffer.concat(log), { aborted });
      expect(found.bases).toEqual(data.filter((offset) => !hidden.has(offset)));
      expect(found.next).toBe(BigInt(log.length));
    }),
  );
});

test('bytes that are no batch are an error, not an endless walk', () => {
  const broken = makeBatch(0n, ['a']);
  broken.writeInt32BE(-5, BATCH.length);
  expect(() => visible(broken)).toThrow(/impossible length/);
});
