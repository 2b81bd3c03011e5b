import kafkajs from 'kafkajs';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openFetcher } from '../../src/client/fetcher/fetcher.js';
import type { FetchEvent } from '../../src/client/fetcher/fetcher-options.js';
import { listOffsets } from '../../src/client/offsets.js';
import { DeleteRecords } from '../../src/protocol/messages/delete-records.js';
import { readToEnd } from './fetcher-run.js';
import { createTopic, produceRecords, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { testCluster } from './producer-run.js';

async function endOf(topic: string): Promise<bigint> {
  const [answer] = await listOffsets(testCluster(), [{ topic, partition: 0, at: { kind: 'latest' } }]);
  return answer?.offset ?? -1n;
}

async function deleteBelow(topic: string, offset: bigint): Promise<void> {
  const topics = [{ name: topic, partitions: [{ partitionIndex: 0, offset }] }];
  const deleted = await testCluster().request(DeleteRecords, { topics, timeoutMs: 10_000 });
  expect(deleted.topics).toMatchObject([{ partitions: [{ errorCode: 0, lowWatermark: offset }] }]);
}

async function transactional(): Promise<kafkajs.Producer> {
  const client = new kafkajs.Kafka({ brokers: [inject('bootstrap')], logLevel: kafkajs.logLevel.NOTHING });
  const settings = { transactionalId: uniqueName('tx'), idempotent: true, maxInFlightRequests: 1 };
  const producer = client.producer({ ...settings, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

test('read_committed shows committed records only, and a stop behind an open transaction is reached', async () => {
  const topic = await createTopic('committed');
  const [one, two, three] = await Promise.all([transactional(), transactional(), transactional()]);
  const send = (sender: Pick<kafkajs.Transaction, 'send'>, ...values: string[]) =>
    sender.send({ topic, messages: values.map((value) => ({ value, partition: 0 })) });
  const first = await one.transaction();
  const second = await two.transaction();
  await send(first, 'a1', 'a2');
  await send(second, 'lost 1');
  await produceRecords(topic, [{ value: 'plain', partition: 0 }]);
  await send(first, 'a3');
  await first.commit();
  await send(second, 'lost 2');
  await second.abort();
  const third = await two.transaction();
  await send(third, 'b1');
  await third.commit();
  const open = await three.transaction();
  await send(open, 'open');
  await produceRecords(topic, [{ value: 'behind', partition: 0 }]);
  const stop = await endOf(topic);
  const read = (isolationLevel: 'read_committed' | 'read_uncommitted') =>
    readToEnd(openFetcher(testCluster(), { ranges: [{ topic, partition: 0, start: 0n, stop }], isolationLevel }));
  expect(await read('read_committed')).toEqual([['a1', 'a2', 'plain', 'a3', 'b1']]);
  const everything = ['a1', 'a2', 'lost 1', 'plain', 'a3', 'lost 2', 'b1', 'open', 'behind'];
  expect(await read('read_uncommitted')).toEqual([everything]);
  await open.abort();
});

test.each(['gzip', 'snappy', 'lz4', 'zstd'])('what the broker compressed with %s is read', async (codec) => {
  const topic = await createTopic(codec, { config: { 'compression.type': codec } });
  const values = Array.from({ length: 5000 }, (_, index) => `value ${index} ${'x'.repeat(index % 100)}`);
  await produceRecords(topic, values.map((value) => ({ value, partition: 0 }))); // prettier-ignore
  const fetcher = openFetcher(testCluster(), {
    ranges: [{ topic, partition: 0, start: 0n, stop: 5000n }],
    partitionMaxBytes: 2000,
  });
  expect(await readToEnd(fetcher)).toEqual([values]);
});

test('an offset that was deleted is an error that names the range, or by policy a new start', async () => {
  const topic = await createTopic('deleted');
  const values = Array.from({ length: 100 }, (_, index) => String(index));
  await produceRecords(topic, values.map((value) => ({ value, partition: 0 }))); // prettier-ignore
  await deleteBelow(topic, 60n);
  const ranges = [{ topic, partition: 0, start: 10n, stop: 100n }];
  await expect(openFetcher(testCluster(), { ranges }).next()).rejects.toMatchObject({
    code: 'input',
    message: `offset 10 of partition ${topic}-0 is out of range: its log goes from 60 to 100`,
  });
  const events: FetchEvent[] = [];
  const fetcher = openFetcher(testCluster(), { ranges, outOfRange: 'earliest', onEvent: (event) => events.push(event) });
  expect(await readToEnd(fetcher)).toEqual([values.slice(60)]);
  expect(events).toEqual([{ kind: 'reset', topic, partition: 0, from: 10n, to: 60n }]);
});

test('new records are read as they come, until the topic is deleted, which is an error', async () => {
  const topic = await createTopic('followed');
  const fetcher = openFetcher(testCluster(), { ranges: [{ topic, partition: 0, start: 'latest' }] });
  const first = fetcher.next();
  // Wherever "latest" is looked up, it is before some of these.
  let chunk = undefined as Awaited<typeof first>;
  void first.then((found) => (chunk = found));
  for (let index = 0; chunk === undefined && index < 200; index++) {
    await produceRecords(topic, [{ value: String(index), partition: 0 }]);
  }
  expect(chunk).toMatchObject({ topic, partition: 0 });
  await withAdmin(undefined, (admin) => admin.deleteTopics({ topics: [topic] }));
  const reading = (async () => {
    for await (const more of fetcher) expect(more.topic).toBe(topic);
  })();
  await expect(reading).rejects.toMatchObject({ code: 'not-found', message: `topic '${topic}' was deleted while being read` });
});
