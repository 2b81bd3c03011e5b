import { expect, test } from 'vitest';
import { PartitionQueue } from '../../../../src/client/producer/partition-queue.js';
import type { SequencedBatch } from '../../../../src/client/producer/sequenced-batch.js';

const settings = {
  idempotent: true,
  transactional: false,
  maxInFlight: 5,
  deliveryTimeoutMs: 1000,
  backoffMs: 10,
  backoffMaxMs: 40,
};

let records = 0;

function batch(count = 1, createdAt = 0): SequencedBatch {
  const firstRecord = records;
  records += count;
  return { firstRecord, count, createdAt, attempts: 0, identity: undefined, baseSequence: -1, uncertain: false };
}

function queueOf(batches: readonly SequencedBatch[], changes: Partial<typeof settings> = {}): PartitionQueue<SequencedBatch> {
  const queue = new PartitionQueue({ ...settings, ...changes });
  queue.setIdentity({ producerId: 9n, epoch: 0 });
  for (const each of batches) queue.push(each);
  return queue;
}

/** Takes everything that may be in flight at once. */
function takeAll(queue: PartitionQueue<SequencedBatch>, now = 0): SequencedBatch[] {
  const taken: SequencedBatch[] = [];
  for (let next = queue.take(now); next !== undefined; next = queue.take(now)) taken.push(next);
  return taken;
}

test('one batch goes alone until the broker has accepted one; then five are in flight', () => {
  const batches = Array.from({ length: 9 }, () => batch());
  const queue = queueOf(batches);
  const [first, ...none] = takeAll(queue);
  expect(none).toEqual([]);
  if (first !== undefined) queue.acknowledge(first);
  expect(takeAll(queue)).toEqual(batches.slice(1, 6));
});

test('sequences count records and start again after 2^31 - 1', () => {
  const batches = [batch(2 ** 31 - 3), batch(5), batch(1)];
  const queue = queueOf(batches);
  for (const each of batches) {
    queue.take(0);
    queue.acknowledge(each);
  }
  expect(batches.map(({ baseSequence }) => baseSequence)).toEqual([0, 2 ** 31 - 3, 2]);
});

test('a batch that comes back waits for those in flight, then goes first, with the sequence it had', () => {
  const batches = [batch(), batch(2), batch(3), batch(4)];
  const [a, b, c, d] = batches as [SequencedBatch, SequencedBatch, SequencedBatch, SequencedBatch];
  const queue = queueOf(batches);
  queue.take(0);
  queue.acknowledge(a);
  expect(takeAll(queue)).toEqual([b, c, d]);
  expect(queue.retry(b, 0, true)).toBe('waiting');
  expect(queue.outOfOrder(c, 0)).toBe('waiting');
  expect(queue.take(1000)).toBeUndefined();
  expect(queue.outOfOrder(d, 0)).toBe('waiting');
  expect(queue.take(9)).toBeUndefined();
  expect(queue.take(10)).toBe(b);
  expect(queue.take(10)).toBeUndefined();
  queue.acknowledge(b);
  expect(takeAll(queue, 10)).toEqual([c, d]);
  expect([b, c, d].map(({ baseSequence, identity }) => [baseSequence, identity?.epoch])).toEqual([
    [1, 0],
    [3, 0],
    [6, 0],
  ]);
});

test('after a batch that can never be written, the rest is renumbered under the next epoch once nothing is in flight', () => {
  const batches = [batch(), batch(2), batch(3)];
  const [a, b, c] = batches as [SequencedBatch, SequencedBatch, SequencedBatch];
  const queue = queueOf(batches);
  queue.take(0);
  queue.acknowledge(a);
  takeAll(queue);
  queue.fail(b);
  expect(queue.take(0)).toBeUndefined();
  queue.outOfOrder(c, 0);
  expect(queue.take(100)).toBe(c);
  expect(c).toMatchObject({ baseSequence: 0, identity: { producerId: 9n, epoch: 1 } });
});

test('after the last batch timed out with an unknown fate, the next one goes under a new epoch', () => {
  const [a, b] = [batch(), batch(1, 900)];
  const queue = queueOf([a]);
  queue.take(0);
  expect(queue.retry(a, 1000, true)).toBe('expired');
  queue.push(b);
  expect(queue.take(1000)).toBe(b);
  expect(b).toMatchObject({ baseSequence: 0, identity: { epoch: 1 } });
});

test('when the first unanswered batch is out of order and may be written, the leader is asked before anything is sent again', () => {
  const batches = [batch(), batch(2), batch(3)];
  const [a, b, c] = batches as [SequencedBatch, SequencedBatch, SequencedBatch];
  const queue = queueOf(batches);
  queue.take(0);
  queue.acknowledge(a);
  takeAll(queue);
  queue.retry(b, 0, true);
  queue.retry(c, 0, true);
  queue.take(100);
  queue.outOfOrder(b, 100);
  expect(queue.need()).toBe('proof');
  expect(queue.take(1000)).toBeUndefined();
  expect(queue.doubtful).toEqual({ producerId: 9n, epoch: 0 });
  expect(queue.prove({ epoch: 0, lastSequence: 2 })).toEqual([b]);
  expect(queue.take(900)).toBe(c);
  expect(c).toMatchObject({ baseSequence: 0, identity: { epoch: 1 } });
});

test('when the epochs of a producer id are used up, a new id is needed', () => {
  const [a, b] = [batch(), batch()];
  const queue = queueOf([]);
  queue.setIdentity({ producerId: 9n, epoch: 32767 });
  queue.push(a);
  queue.take(0);
  queue.fail(a);
  queue.push(b);
  expect(queue.need()).toBe('identity');
  expect(queue.take(0)).toBeUndefined();
  queue.setIdentity({ producerId: 10n, epoch: 0 });
  expect(queue.take(0)).toBe(b);
  expect(b.identity).toEqual({ producerId: 10n, epoch: 0 });
});

test('a transaction loses the batch that is out of order instead of writing it under another epoch', () => {
  const a = batch();
  const queue = queueOf([a], { transactional: true });
  queue.take(0);
  expect(queue.outOfOrder(a, 0)).toBe('failed');
});

test('pauses double up to their limit', () => {
  const a = batch();
  const queue = queueOf([a]);
  const pauses = [0, 0, 0, 0, 0].map(() => {
    const now = queue.readyAt() ?? 0;
    queue.take(now);
    queue.retry(a, now, true);
    return (queue.readyAt() ?? 0) - now;
  });
  expect(pauses).toEqual([10, 20, 40, 40, 40]);
});

test('without idempotence one batch is in flight, and it has no sequence', () => {
  const batches = [batch(), batch()];
  const queue = new PartitionQueue<SequencedBatch>({ ...settings, idempotent: false });
  for (const each of batches) queue.push(each);
  expect(takeAll(queue)).toEqual([batches[0]]);
  expect(batches[0]?.baseSequence).toBe(-1);
});

test('waiting batches end when their delivery time is over, and are given back', () => {
  const [a, b] = [batch(1, 0), batch(1, 500)];
  const queue = queueOf([a, b]);
  expect(queue.nextDeadline()).toBe(1000);
  expect(queue.expire(999)).toEqual([]);
  expect(queue.expire(1000)).toEqual([a]);
  expect(queue.clear()).toEqual([b]);
  expect(queue.waitingCount).toBe(0);
});
