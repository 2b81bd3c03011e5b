import { describe, expect, test, vi } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { alterTopics } from '../../../../src/operations/topics/alter.js';
import { CreatePartitions } from '../../../../src/protocol/messages/create-partitions.js';
import { IncrementalAlterConfigs } from '../../../../src/protocol/messages/incremental-alter-configs.js';
import { parseTopicSelection } from '../../../../src/core/topics/topic-selection.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

const yes = () => Promise.resolve(true);
const dryRun = () => Promise.resolve(false);

function input(change: Partial<Parameters<typeof alterTopics>[1]>): Parameters<typeof alterTopics>[1] {
  return { topics: parseTopicSelection(['orders']), includeInternal: false, configs: [], ...change };
}

const orders = () => new FakeTopics({ orders: { configs: { 'retention.ms': '5' } }, bills: {} });

test('partitions and settings are checked by the brokers, then applied, the settings incrementally', async () => {
  const cluster = orders();
  const configs = [
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'retention.ms', value: undefined },
  ];
  const { results } = await alterTopics(fakeContext(cluster), input({ partitions: 3, configs }), yes);
  expect(results?.map(({ status }) => status)).toEqual(['changed', 'changed', 'changed']);
  expect(cluster.bodies(CreatePartitions)).toMatchObject([
    { validateOnly: true, topics: [{ name: 'orders', count: 3, assignments: null }] },
    { validateOnly: false, topics: [{ name: 'orders', count: 3, assignments: null }] },
  ]);
  const changes = [
    { name: 'cleanup.policy', configOperation: 0, value: 'compact' },
    { name: 'retention.ms', configOperation: 1, value: null },
  ];
  expect(cluster.bodies(IncrementalAlterConfigs)).toMatchObject([
    { validateOnly: true, resources: [{ resourceType: 2, resourceName: 'orders', configs: changes }] },
    { validateOnly: false, resources: [{ resourceType: 2, resourceName: 'orders', configs: changes }] },
  ]);
});

test('the plan shows old and new values, and what counts after an override is gone', async () => {
  const approve = vi.fn(dryRun);
  const configs = [{ name: 'retention.ms', value: undefined }];
  await alterTopics(fakeContext(orders()), input({ partitions: 2, configs }), approve);
  expect(approve).toHaveBeenCalledWith(
    expect.objectContaining({
      changes: [
        expect.objectContaining({ kind: 'partitions', from: 1, to: 2 }),
        expect.objectContaining({ setting: 'retention.ms', operation: 'delete', from: '5', to: '604800000' }),
      ],
    }),
  );
});

test('a dry run only asks the brokers to check', async () => {
  const cluster = orders();
  const { results } = await alterTopics(fakeContext(cluster), input({ partitions: 2 }), dryRun);
  expect(results).toBeUndefined();
  expect(cluster.bodies(CreatePartitions)).toMatchObject([{ validateOnly: true }]);
});

test('nothing to do asks nobody and changes nothing', async () => {
  const cluster = orders();
  const approve = vi.fn(yes);
  const { plan, results } = await alterTopics(fakeContext(cluster), input({ partitions: 1 }), approve);
  expect(results).toEqual([]);
  expect(plan.unchanged).toEqual(["topic 'orders' already has 1 partitions"]);
  expect(approve).not.toHaveBeenCalled();
  expect(cluster.sent).toEqual(['Metadata']);
});

test('what one topic cannot do keeps every topic as it is', async () => {
  const cluster = new FakeTopics({ small: {}, large: { partitions: [{}, {}, {}] } });
  const attempt = alterTopics(fakeContext(cluster), input({ topics: parseTopicSelection(['small', 'large']), partitions: 2 }), yes);
  await expect(attempt).rejects.toMatchObject({
    code: 'input',
    message: expect.stringContaining("topic 'large' has 3 partitions") as string,
  });
  expect(cluster.sent).toEqual(['Metadata']);
});

test("all refusals of the brokers' check are told, with a hint for a misspelt name, and nothing is applied", async () => {
  const cluster = orders()
    .fail('configs', 'orders', { code: 40, message: 'Unknown topic config name: retention.mss' })
    .fail('partitions', 'bills', { code: 37, message: 'Too many.' });
  const approve = vi.fn(yes);
  const wanted = input({
    topics: parseTopicSelection(['orders', 'bills']),
    partitions: 2,
    configs: [{ name: 'retention.mss', value: '1' }],
  });
  await expect(alterTopics(fakeContext(cluster), wanted, approve)).rejects.toMatchObject({
    message: [
      "cannot add partitions to topic 'bills': Too many (INVALID_PARTITIONS)",
      "cannot change the configs of topic 'orders': Unknown topic config name: retention.mss (INVALID_CONFIG)",
    ].join('\n'),
    hint: 'did you mean retention.ms instead of retention.mss?',
  });
  expect(approve).not.toHaveBeenCalled();
  expect(cluster.bodies(IncrementalAlterConfigs).every(({ validateOnly }) => validateOnly)).toBe(true);
});

test('a deletion of a misspelt setting changes nothing, and the near name is told', async () => {
  const cluster = orders();
  const configs = [
    { name: 'retention.msx', value: undefined },
    { name: 'cleanup.policy', value: 'compact' },
  ];
  await expect(alterTopics(fakeContext(cluster), input({ partitions: 2, configs }), yes)).rejects.toMatchObject({
    code: 'input',
    message: "topic 'orders' has no setting 'retention.msx', so there is none to delete",
    hint: 'did you mean retention.ms instead of retention.msx?',
  });
  expect(cluster.sent).toEqual(['Metadata', 'DescribeConfigs']);
});

test('an assignment that is not what partitions have is refused before anything is asked', async () => {
  const cluster = orders();
  await expect(alterTopics(fakeContext(cluster), input({ assignment: [[3, 2, 1]] }), yes)).rejects.toMatchObject({
    code: 'input',
    message: 'partition orders-0 is on brokers 1:2:3 and not on 3:2:1, and topics alter moves no replicas',
    hint: expect.stringContaining('kafkit topics describe orders') as string,
  });
  expect(cluster.sent).toEqual(['Metadata']);
});

test('missing topics are all named before anything is asked', async () => {
  const attempt = alterTopics(
    fakeContext(orders()),
    input({ topics: parseTopicSelection(['x', 'orders', 'y*']), partitions: 2 }),
    yes,
  );
  await expect(attempt).rejects.toMatchObject({
    code: 'not-found',
    message: "topic 'x' does not exist\nno topic matches 'y*'",
    hint: 'see which topics exist: kafkit topics list',
  });
});

describe('failures after the check', () => {
  test('are told topic by topic', async () => {
    const cluster = orders().fail('partitions', 'orders', { code: 37, afterCheck: true });
    const wanted = input({
      topics: parseTopicSelection(['orders', 'bills']),
      partitions: 2,
      configs: [{ name: 'cleanup.policy', value: 'compact' }],
    });
    const { results } = await alterTopics(fakeContext(cluster), wanted, yes);
    expect(results?.map(({ change, status }) => `${change.topic} ${change.kind} ${status}`)).toEqual([
      'bills partitions changed',
      'bills config changed',
      'orders partitions failed',
      'orders config changed',
    ]);
  });

  test('a lost answer leaves its step unknown and the next one untried', async () => {
    const cluster = orders();
    cluster.answer(CreatePartitions, ({ validateOnly, topics }) => {
      if (!validateOnly) throw new CliError('timeout', 'no answer; not known whether it was applied');
      return { throttleTimeMs: 0, results: topics.map(({ name }) => ({ name, errorCode: 0, errorMessage: null })) };
    });
    const wanted = input({ partitions: 2, configs: [{ name: 'cleanup.policy', value: 'compact' }] });
    const { results } = await alterTopics(fakeContext(cluster), wanted, yes);
    expect(results).toMatchObject([
      { status: 'unknown', error: { code: 'timeout' } },
      { status: 'not-tried', error: undefined },
    ]);
    expect(cluster.bodies(IncrementalAlterConfigs)).toHaveLength(1);
  });
});
