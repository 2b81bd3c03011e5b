import { expect, test } from 'vitest';
import type { LogPlace } from '../../../../src/core/offset-targets/parse-log-place.js';
import { parsePartitionSelection } from '../../../../src/core/topics/partition-selection.js';
import { getOffsets, type GetOffsetsResult } from '../../../../src/operations/offsets/get-offsets.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeLogs } from '../../fakes/fake-logs.js';

const world = () =>
  new FakeLogs({
    orders: { partitions: [{ start: 10n, end: 30n }, { end: 5n }] },
    broken: { partitions: [{ end: 7n }, { leader: null }] },
    __internal: { internal: true, partitions: [{ end: 3n }] },
  });

function get(cluster: FakeLogs, words: string[], place: LogPlace, isolation?: 'read_committed'): Promise<GetOffsetsResult> {
  return getOffsets(fakeContext(cluster), {
    selection: parsePartitionSelection(words),
    includeInternal: false,
    place,
    isolation: isolation ?? 'read_uncommitted',
  });
}

const at = (ms: bigint): LogPlace => ({ kind: 'timestamp', ms });

test('without a word the ends of all topics but the internal ones, sorted', async () => {
  const { offsets, clusterId, source } = await get(world(), [], { kind: 'latest' });
  expect({ clusterId, source }).toEqual({ clusterId: 'fake', source: 'latest' });
  expect(offsets).toMatchObject([
    { topic: 'broken', partition: 0, offset: 7n },
    { topic: 'broken', partition: 1, offset: undefined, error: { kafkaName: 'LEADER_NOT_AVAILABLE' } },
    { topic: 'orders', partition: 0, topicId: 'id-of-orders', offset: 30n, leaderEpoch: 7, error: undefined },
    { topic: 'orders', partition: 1, offset: 5n },
  ]);
});

test('a time finds the first record that is not older, and the end where every record is', async () => {
  const { offsets } = await get(world(), ['orders'], at(121n));
  expect(offsets).toMatchObject([
    { partition: 0, offset: 13n, timestamp: 130n, isEnd: false },
    { partition: 1, offset: 5n, timestamp: undefined, isEnd: true },
  ]);
});

test('the end is read before the time, so that a record which comes in between is not passed over', async () => {
  const cluster = world();
  const answer = cluster.answer.bind(cluster);
  const ends: bigint[] = [];
  answer(ListOffsets, ({ topics }) => {
    const time = topics[0]?.partitions[0]?.timestamp ?? 0n;
    ends.push(time);
    // Every later question would see one record more.
    const offset = time === -1n ? BigInt(100 + ends.length) : -1n;
    const partitions = [{ partitionIndex: 1, errorCode: 0, timestamp: -1n, offset, leaderEpoch: 0 }];
    return { throttleTimeMs: 0, topics: [{ name: 'orders', partitions }] };
  });
  const { offsets } = await get(cluster, ['orders:1'], at(999n));
  expect(ends).toEqual([-1n, 999n]);
  expect(offsets).toMatchObject([{ offset: 101n, isEnd: true }]);
});

test('a partition without such a place has no offset and no error', async () => {
  const cluster = new FakeLogs({ empty: {} });
  expect((await get(cluster, ['empty'], { kind: 'max-timestamp' })).offsets).toMatchObject([
    { offset: undefined, error: undefined, isEnd: false },
  ]);
});

test('the isolation level goes to the broker', async () => {
  const cluster = world();
  await get(cluster, ['orders'], { kind: 'latest' }, 'read_committed');
  expect(cluster.bodies(ListOffsets)).toMatchObject([{ isolationLevel: 1 }]);
});

test.each([
  { words: ['nope'], message: "topic 'nope' does not exist" },
  {
    words: ['orders:5,6'],
    message: "topic 'orders' has no partition 5, only 2 from 0 on\ntopic 'orders' has no partition 6, only 2 from 0 on",
  },
  { words: ['or*:5'], message: 'no topic has a partition of this number' },
])('$words is an error', async ({ words, message }) => {
  await expect(get(world(), words, { kind: 'latest' })).rejects.toMatchObject({ code: 'not-found', message });
});
