import { expect, test } from 'vitest';
import { listTopics } from '../../../../src/operations/topics/list.js';
import { Metadata } from '../../../../src/protocol/messages/metadata.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

const world = () =>
  new FakeTopics({
    b: { partitions: [{ replicas: [1, 2, 3, 4] }, { replicas: [1, 2, 3], leader: null }] },
    a: {},
    __internal: { internal: true },
  });

test('topics are listed by name with their sizes, leaderless ones too; a reassignment does not inflate the factor', async () => {
  const { topics, unmatched } = await listTopics(fakeContext(world()), { topics: parseTopicSelection([]), includeInternal: false });
  expect(topics).toEqual([
    { name: 'a', id: 'id-of-a', internal: false, partitionCount: 1, replicationFactor: 3 },
    { name: 'b', id: 'id-of-b', internal: false, partitionCount: 2, replicationFactor: 3 },
  ]);
  expect(unmatched).toEqual([]);
});

test('names alone are asked for by name, without creating them', async () => {
  const cluster = world();
  const { topics, unmatched } = await listTopics(fakeContext(cluster), {
    topics: parseTopicSelection(['a', 'nope']),
    includeInternal: false,
  });
  expect(topics.map(({ name }) => name)).toEqual(['a']);
  expect(unmatched).toEqual(['nope']);
  expect(cluster.bodies(Metadata)).toMatchObject([{ topics: [{ name: 'a' }, { name: 'nope' }], allowAutoTopicCreation: false }]);
});

test('a topic that must not be read is an error that names it', async () => {
  const cluster = new FakeTopics({ secret: { errorCode: 29 } });
  await expect(
    listTopics(fakeContext(cluster), { topics: parseTopicSelection(['secret']), includeInternal: false }),
  ).rejects.toMatchObject({
    code: 'authorization',
    message: expect.stringContaining("cannot read topic 'secret'") as string,
  });
});
