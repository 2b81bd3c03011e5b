import { expect, test } from 'vitest';
import { showOffsets } from '../../../../src/operations/offsets/show-offsets.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeLogs } from '../../fakes/fake-logs.js';

const world = () =>
  new FakeLogs({
    orders: { partitions: [{ start: 10n, end: 30n }, { leader: null }] },
    secret: { errorCode: 29 },
  });
const entry = (topic: string, partition: number, offset: bigint, topicId?: string) => ({
  topic,
  partition,
  offset,
  ...(topicId !== undefined && { topicId }),
});

test('every offset is judged by itself, and errors are not taken for a judgement', async () => {
  const partitions = [
    entry('orders', 0, 9n),
    entry('orders', 1, 9n),
    entry('orders', 2, 9n),
    entry('nope', 0, 9n),
    entry('secret', 0, 1n),
  ];
  const { offsets, isOtherCluster } = await showOffsets(fakeContext(world()), { groups: [{ partitions }] }, 'read_uncommitted');
  expect(isOtherCluster).toBe(false);
  expect(offsets).toMatchObject([
    { topic: 'nope', fit: 'unknown-topic', error: undefined },
    { topic: 'orders', partition: 0, start: 10n, end: 30n, fit: 'below-start' },
    { topic: 'orders', partition: 1, start: undefined, fit: undefined, error: { kafkaName: 'LEADER_NOT_AVAILABLE' } },
    { topic: 'orders', partition: 2, fit: 'unknown-partition' },
    { topic: 'secret', fit: undefined, error: { kafkaName: 'TOPIC_AUTHORIZATION_FAILED' } },
  ]);
});

test('groups that share a partition are judged each for itself', async () => {
  const groups = [
    { group: 'b', partitions: [entry('orders', 0, 31n)] },
    { group: 'a', partitions: [entry('orders', 0, 30n)] },
  ];
  const { offsets } = await showOffsets(fakeContext(world()), { groups }, 'read_uncommitted');
  expect(offsets).toMatchObject([
    { group: 'a', fit: 'fits' },
    { group: 'b', fit: 'beyond-end' },
  ]);
});

test('a file of another cluster, and of a topic before this one, is found out', async () => {
  const file = { clusterId: 'other', groups: [{ partitions: [entry('orders', 0, 20n, 'older')] }] };
  expect(await showOffsets(fakeContext(world()), file, 'read_uncommitted')).toMatchObject({
    clusterId: 'fake',
    isOtherCluster: true,
    offsets: [{ fit: 'other-topic' }],
  });
});
