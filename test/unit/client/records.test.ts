import { expect, test } from 'vitest';
import { deleteRecords } from '../../../src/client/records.js';
import { DeleteRecords } from '../../../src/protocol/messages/delete-records.js';
import { FakeCluster } from '../fakes/fake-cluster.js';
import { FakeLogs } from '../fakes/fake-logs.js';

const cut = (topic: string, partition: number, offset: bigint) => ({ topic, partition, offset });

test('all partitions go into one request, and answers come in the order asked', async () => {
  const cluster = new FakeLogs({ a: { partitions: [{ end: 9n }, { end: 9n }] }, b: { partitions: [{ end: 9n }] } });
  const answers = await deleteRecords(cluster, [cut('a', 1, 5n), cut('b', 0, 2n), cut('a', 0, 9n)]);
  expect(answers).toMatchObject([
    { topic: 'a', partition: 1, lowWatermark: 5n, error: undefined, isUnknown: false },
    { topic: 'b', partition: 0, lowWatermark: 2n },
    { topic: 'a', partition: 0, lowWatermark: 9n },
  ]);
  expect(cluster.bodies(DeleteRecords)).toEqual([
    {
      topics: [
        {
          name: 'a',
          partitions: [
            { partitionIndex: 1, offset: 5n },
            { partitionIndex: 0, offset: 9n },
          ],
        },
        { name: 'b', partitions: [{ partitionIndex: 0, offset: 2n }] },
      ],
      timeoutMs: 25_000,
    },
  ]);
});

test('each partition has its own error, and a lost answer is told from a refusal', async () => {
  const cluster = new FakeLogs({ a: { partitions: [{ end: 9n }, { end: 9n }, { end: 9n }] } });
  cluster.cutErrors.set('a 0', 44).set('a 1', 7);
  expect(await deleteRecords(cluster, [cut('a', 0, 5n), cut('a', 1, 5n), cut('a', 2, 5n)])).toMatchObject([
    { lowWatermark: undefined, error: { kafkaName: 'POLICY_VIOLATION' }, isUnknown: false },
    { lowWatermark: undefined, error: { kafkaName: 'REQUEST_TIMED_OUT' }, isUnknown: true },
    { lowWatermark: 5n, error: undefined },
  ]);
});

test('a partition whose broker was lost keeps its code without costing the answers of the others', async () => {
  let filled: unknown;
  const cluster = new FakeCluster(1).answer(DeleteRecords, (body, { unanswered }) => {
    filled = unanswered?.(body, 13);
    return filled as never; // the message's own response, filled by the code under test
  });
  expect(await deleteRecords(cluster, [cut('a', 0, 5n)])).toMatchObject([
    { error: { kafkaName: 'NETWORK_EXCEPTION' }, isUnknown: true },
  ]);
});

test('a partition that the broker leaves out is an error, not a success', async () => {
  const cluster = new FakeCluster(1).answer(DeleteRecords, () => ({ throttleTimeMs: 0, topics: [] }));
  expect(await deleteRecords(cluster, [cut('a', 0, 5n)])).toMatchObject([
    { lowWatermark: undefined, error: { kafkaCode: -1 }, isUnknown: true },
  ]);
});
