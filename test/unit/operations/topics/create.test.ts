import { expect, test } from 'vitest';
import { CliError } from '../../../../src/core/errors.js';
import { createTopics, type CreateTopicsInput } from '../../../../src/operations/topics/create.js';
import { CreateTopics } from '../../../../src/protocol/messages/create-topics.js';
import { Metadata } from '../../../../src/protocol/messages/metadata.js';
import { fakeContext } from '../../fakes/fake-context.js';
import { FakeTopics } from '../../fakes/fake-topics.js';

function input(change: Partial<CreateTopicsInput>): CreateTopicsInput {
  return {
    names: ['new'],
    partitions: undefined,
    replicationFactor: undefined,
    assignment: undefined,
    configs: [],
    ifNotExists: false,
    dryRun: false,
    ...change,
  };
}

test('several topics go into one request, and what is left out is left to the broker', async () => {
  const cluster = new FakeTopics();
  const configs = [{ name: 'retention.ms', value: '1' }];
  const results = await createTopics(fakeContext(cluster), input({ names: ['b', 'a', 'b'], configs }));
  expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual(['b created', 'a created']);
  const rest = { numPartitions: -1, replicationFactor: -1, assignments: [], configs };
  expect(cluster.bodies(CreateTopics)).toMatchObject([
    {
      validateOnly: false,
      topics: [
        { name: 'b', ...rest },
        { name: 'a', ...rest },
      ],
    },
  ]);
});

test('an assignment is sent instead of the two numbers', async () => {
  const cluster = new FakeTopics();
  await createTopics(
    fakeContext(cluster),
    input({
      assignment: [
        [1, 2],
        [2, 3],
      ],
    }),
  );
  expect(cluster.bodies(CreateTopics)[0]?.topics[0]).toMatchObject({
    numPartitions: -1,
    replicationFactor: -1,
    assignments: [
      { partitionIndex: 0, brokerIds: [1, 2] },
      { partitionIndex: 1, brokerIds: [2, 3] },
    ],
  });
});

test('illegal names are all named, and nothing is sent', async () => {
  const cluster = new FakeTopics();
  const attempt = createTopics(fakeContext(cluster), input({ names: ['a b', 'fine', '..'] }));
  await expect(attempt).rejects.toMatchObject({
    code: 'usage',
    message: "topic name 'a b' contains ' '; only letters, digits, '.', '_' and '-' are allowed\n'..' cannot be a topic name",
  });
  expect(cluster.sent).toEqual([]);
});

test('a topic that fails does not keep the others from being created', async () => {
  const cluster = new FakeTopics({ there: {} });
  const results = await createTopics(fakeContext(cluster), input({ names: ['there', 'new'] }));
  expect(results).toMatchObject([
    { name: 'there', status: 'failed', error: { kafkaName: 'TOPIC_ALREADY_EXISTS' } },
    { name: 'new', status: 'created', id: 'id-of-new', error: undefined },
  ]);
});

test('an existing topic is no failure where that was said, and is not sent', async () => {
  const cluster = new FakeTopics({ there: {} });
  const results = await createTopics(fakeContext(cluster), input({ names: ['there'], ifNotExists: true }));
  expect(results).toMatchObject([{ name: 'there', status: 'exists', error: undefined }]);
  expect(cluster.sent).toEqual(['Metadata']);
});

test('an existing topic that is not as asked for is told of', async () => {
  const ctx = fakeContext(new FakeTopics({ there: { configs: { 'retention.ms': '5' } }, fits: {} }));
  const configs = [{ name: 'retention.ms', value: '604800000' }];
  await createTopics(ctx, input({ names: ['there', 'fits'], partitions: 1, replicationFactor: 3, configs, ifNotExists: true }));
  expect(ctx.warnings).toEqual(["topic 'there' exists and is left as it is, with retention.ms=5, not 604800000"]);
});

test('a topic that appears between the look and the request is no failure where that was said', async () => {
  const cluster = new FakeTopics().fail('create', 'new', { code: 36 });
  const results = await createTopics(fakeContext(cluster), input({ ifNotExists: true }));
  expect(results).toMatchObject([{ name: 'new', status: 'exists', error: undefined }]);
});

test('a dry run lets the broker check and creates nothing', async () => {
  const cluster = new FakeTopics();
  const results = await createTopics(fakeContext(cluster), input({ dryRun: true, partitions: 4 }));
  expect(results).toMatchObject([{ status: 'valid', partitionCount: 4 }]);
  expect(cluster.bodies(CreateTopics)).toMatchObject([{ validateOnly: true }]);
});

test('names that metrics cannot tell apart are warned about', async () => {
  const ctx = fakeContext(new FakeTopics({ 'a.b': {} }));
  await createTopics(ctx, input({ names: ['a_b'] }));
  expect(ctx.warnings).toEqual(["topic names 'a_b' and 'a.b' differ only in '.' and '_', which Kafka's metrics cannot tell apart"]);
});

test("a misspelt setting keeps the broker's message and gets a hint", async () => {
  const cluster = new FakeTopics().fail('create', 'new', { code: 40, message: 'Unknown topic config name: retention.mss' });
  const [result] = await createTopics(fakeContext(cluster), input({ configs: [{ name: 'retention.mss', value: '1' }] }));
  expect(result?.error).toMatchObject({
    message: "cannot create topic 'new': Unknown topic config name: retention.mss (INVALID_CONFIG)",
    hint: 'did you mean retention.ms instead of retention.mss?',
  });
});

test('a lost answer leaves every topic unknown', async () => {
  const cluster = new FakeTopics().answer(CreateTopics, () => {
    throw new CliError('timeout', 'not known whether it was applied');
  });
  const results = await createTopics(fakeContext(cluster), input({ names: ['a', 'b'] }));
  expect(results).toMatchObject([
    { name: 'a', status: 'unknown', error: { code: 'timeout' } },
    { name: 'b', status: 'unknown', error: { code: 'timeout' } },
  ]);
});

test('it returns when brokers know the topic and its leaders', async () => {
  const cluster = new FakeTopics();
  let looks = 0;
  const original = new FakeTopics({ new: {} });
  cluster.answer(Metadata, async (body) => {
    looks++;
    return looks < 3 ? new FakeTopics().request(Metadata, body) : original.request(Metadata, body);
  });
  const results = await createTopics(fakeContext(cluster), input({}));
  expect(results).toMatchObject([{ name: 'new', status: 'created' }]);
  expect(cluster.sent).toEqual(['Metadata', 'CreateTopics', 'Metadata', 'Metadata']);
});
