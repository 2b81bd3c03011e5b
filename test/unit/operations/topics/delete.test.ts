import { expect, test, vi } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { deleteTopics } from '../../../../src/operations/topics/delete.js';
import { DeleteTopics } from '../../../../src/protocol/messages/delete-topics.js';
import { ListOffsets } from '../../../../src/protocol/messages/list-offsets.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

const yes = () => Promise.resolve(true);
const world = () =>
  new FakeTopics({
    orders: { partitions: [{ start: 10n, end: 30n }, { end: 5n }, { leader: null, end: 99n }] },
    'orders-old': {},
    __internal: { internal: true },
  });
const input = (change: Partial<Parameters<typeof deleteTopics>[1]>) => ({
  topics: parseTopicSelection(['orders']),
  includeInternal: false,
  ifExists: false,
  ...change,
});

test('the plan counts records between start and end, and passes over a leaderless partition', async () => {
  const approve = vi.fn(() => Promise.resolve(false));
  const cluster = world();
  const { plan, results } = await deleteTopics(fakeContext(cluster), input({}), approve);
  expect(plan.topics).toEqual([{ name: 'orders', internal: false, partitionCount: 3, records: 25n, withoutRecords: 1 }]);
  expect(approve).toHaveBeenCalledWith(plan);
  expect(results).toBeUndefined();
  expect(cluster.sent).not.toContain('DeleteTopics');
});

test('a count that fails does not keep the topic from being deleted', async () => {
  const cluster = world().answer(ListOffsets, () => {
    throw new CliError('timeout', 'no answer');
  });
  const { plan, results } = await deleteTopics(fakeContext(cluster), input({}), yes);
  expect(plan.topics).toMatchObject([{ records: undefined }]);
  expect(results).toMatchObject([{ name: 'orders', status: 'deleted' }]);
});

test('topics are deleted in one request, and each failure is told', async () => {
  const cluster = world().fail('delete', 'orders', { code: 29 });
  const { results } = await deleteTopics(fakeContext(cluster), input({ topics: parseTopicSelection(['orders*']) }), yes);
  expect(cluster.bodies(DeleteTopics)).toMatchObject([{ topics: [{ name: 'orders' }, { name: 'orders-old' }] }]);
  expect(results).toMatchObject([
    { name: 'orders', status: 'failed', error: { code: 'authorization' } },
    { name: 'orders-old', status: 'deleted', error: undefined },
  ]);
});

test('a lost answer leaves every topic unknown', async () => {
  const cluster = world().answer(DeleteTopics, () => {
    throw new CliError('connection', 'not known whether it was applied');
  });
  const { results } = await deleteTopics(fakeContext(cluster), input({}), yes);
  expect(results).toMatchObject([{ status: 'unknown', error: { code: 'connection' } }]);
});

test("Kafka's own topics are refused unless that was said", async () => {
  const attempt = deleteTopics(fakeContext(world()), input({ topics: parseTopicSelection(['__internal']) }), yes);
  await expect(attempt).rejects.toMatchObject({ code: 'usage', message: "topic '__internal' is one of Kafka's own" });
  const { results } = await deleteTopics(
    fakeContext(world()),
    input({ topics: parseTopicSelection(['__internal']), includeInternal: true }),
    yes,
  );
  expect(results).toMatchObject([{ status: 'deleted' }]);
});

test('a missing topic is an error, or nothing to do where that was said', async () => {
  const attempt = deleteTopics(fakeContext(world()), input({ topics: parseTopicSelection(['nope', 'orders']) }), yes);
  await expect(attempt).rejects.toMatchObject({ code: 'not-found', message: "topic 'nope' does not exist" });
  const cluster = world();
  expect(await deleteTopics(fakeContext(cluster), input({ topics: parseTopicSelection(['nope']), ifExists: true }), yes)).toEqual({
    plan: { topics: [], missing: ['nope'] },
    results: [],
  });
  expect(cluster.sent).not.toContain('DeleteTopics');
});
