import { expect, test } from 'vitest';
import { diffOffsets } from '../../../../src/operations/offsets/diff-offsets.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeLogs } from '../../fakes/fake-logs.js';

const file = (partitions: { topic: string; partition: number; offset: bigint; topicId?: string }[], clusterId?: string) => ({
  ...(clusterId !== undefined && { clusterId }),
  groups: [{ partitions }],
});
const orders = (partition: number, offset: bigint) => ({ topic: 'orders', partition, offset });
const latest = { place: { kind: 'latest' }, isolation: 'read_uncommitted' } as const;
const world = () => new FakeLogs({ orders: { partitions: [{ end: 30n }, { leader: null }, { end: 4n }] } });

test('two files are compared without a cluster', async () => {
  const cluster = world();
  const result = await diffOffsets(fakeContext(cluster), { from: file([orders(0, 1n)]), to: file([orders(0, 4n)]) });
  expect(result).toMatchObject({ total: 3n, isEqual: false, clusters: undefined, errors: [] });
  expect(cluster.sent).toEqual([]);
});

test('files of two clusters count other records, so they are compared only where that is wanted', async () => {
  const input = { from: file([orders(0, 1n)], 'one'), to: file([orders(0, 1n)], 'two') };
  const clusters = { from: 'one', to: 'two' };
  expect(await diffOffsets(fakeContext(world()), input)).toMatchObject({
    isEqual: false,
    clusters,
    rows: [{ state: 'other-cluster' }],
  });
  const forced = await diffOffsets(fakeContext(world()), { ...input, force: true });
  expect(forced).toMatchObject({ isEqual: true, clusters, rows: [{ state: 'same' }] });
});

test('against the cluster, what cannot be read is an error and in no row; what is not there is a row', async () => {
  const from = file([orders(0, 10n), orders(1, 5n), orders(9, 5n), { topic: 'nope', partition: 0, offset: 1n }], 'fake');
  expect(await diffOffsets(fakeContext(world()), { from, to: latest })).toMatchObject({
    total: 20n,
    clusters: undefined,
    errors: [{ kafkaName: 'LEADER_NOT_AVAILABLE' }],
    rows: [
      { topic: 'nope', partition: 0, state: 'only-from' },
      { topic: 'orders', partition: 0, from: 10n, to: 30n, state: 'changed' },
      { topic: 'orders', partition: 9, state: 'only-from' },
    ],
  });
});

test('against a time, a partition whose records are all older is compared at its end', async () => {
  const to = { place: { kind: 'timestamp', ms: 100n }, isolation: 'read_uncommitted' } as const;
  const result = await diffOffsets(fakeContext(world()), { from: file([orders(0, 10n), orders(2, 4n)]), to });
  expect(result).toMatchObject({ isEqual: true, rows: [{ to: 10n }, { to: 4n }] });
});

test('a topic that was created anew is not compared', async () => {
  const from = file([{ ...orders(0, 30n), topicId: 'older' }]);
  expect(await diffOffsets(fakeContext(world()), { from, to: latest })).toMatchObject({
    isEqual: false,
    rows: [{ state: 'other-topic' }],
  });
});
