import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { lastSequenceOf } from '../../src/client/producer/producer-identity.js';
import type { ProducerIdentity } from '../../src/client/producer/sequenced-batch.js';
import { InitProducerId } from '../../src/protocol/messages/init-producer-id.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { appendAll, readBack, testCluster, testProducer, textRecord } from './producer-run.js';

const formatted = (...properties: string[]): string[] => properties.flatMap((property) => ['--formatter-property', property]);

const readCommitted = ['--isolation-level', 'read_committed'];

const lines = (count: number, prefix = 'line'): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

test("keyed records keep their order in each key, on the partitions Kafka's own partitioner gives them", async () => {
  const topic = await createTopic('keyed', { partitions: 4 });
  const producer = await testProducer({ topics: [topic], batchSize: 4000 });
  const records = lines(20_000).map((value, index) => textRecord(`key-${index % 40}`, value, { tag: index }));
  await appendAll(producer, topic, records);
  expect(await producer.close()).toEqual({ acknowledged: 20_000, sent: 0, failed: 0, failures: [], unlisted: 0 });

  const read = await readBack(topic, 20_000, { args: formatted('print.key=true', 'print.partition=true') });
  expect(read).toHaveLength(20_000);
  const byKey = new Map<string, number[]>();
  for (const line of read) {
    const [partition = '', key = '', value = ''] = line.split('\t');
    const place = `${key} ${partition}`;
    byKey.set(place, [...(byKey.get(place) ?? []), Number(value.slice('line-'.length))]);
  }
  expect(byKey.size).toBe(40);
  for (const values of byKey.values()) expect(values).toEqual([...values].sort((left, right) => left - right));
  // What Java's producer computes for this key: murmur2 is 333354507.
  expect(byKey.has(`key-21 Partition:${333354507 % 4}`)).toBe(true);
});

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('batches compressed with %s are read by Kafka', async (compression) => {
  const topic = await createTopic(compression);
  const producer = await testProducer({ topics: [topic], compression, batchSize: 20_000 });
  const values = lines(5000);
  await appendAll(
    producer,
    topic,
    values.map((value) => textRecord(null, value)),
  );
  expect(await producer.close()).toMatchObject({ acknowledged: 5000, failed: 0 });
  expect(await readBack(topic, 5000)).toEqual(values);
});

test.each([
  [1, { acknowledged: 3000, sent: 0 }],
  [0, { acknowledged: 0, sent: 3000 }],
] as const)('with acks=%i all records arrive in order', async (acks, counts) => {
  const topic = await createTopic('acks');
  const producer = await testProducer({ topics: [topic], acks, batchSize: 5000 });
  const values = lines(3000);
  await appendAll(
    producer,
    topic,
    values.map((value) => textRecord(null, value)),
  );
  expect(await producer.close()).toMatchObject({ ...counts, failed: 0 });
  expect(await readBack(topic, 3000)).toEqual(values);
});

test('nulls, empty fields, headers and timestamps arrive as they were given', async () => {
  const topic = await createTopic('fields');
  const producer = await testProducer({ topics: [topic] });
  const headers = [
    { key: 'h', value: Buffer.from('1') },
    { key: 'h', value: null },
  ];
  await appendAll(producer, topic, [
    textRecord('k', 'v', { headers, timestamp: 1_700_000_000_123 }),
    textRecord(null, '', { timestamp: 1_700_000_000_000n }),
    textRecord('gone', null, { timestamp: 1_600_000_000_000 }),
  ]);
  await producer.close();
  const args = formatted('print.key=true', 'print.headers=true', 'print.timestamp=true', 'null.literal=NULL');
  expect(await readBack(topic, 3, { args })).toEqual([
    'CreateTime:1700000000123\th:1,h:NULL\tk\tv',
    'CreateTime:1700000000000\tNO_HEADERS\tNULL\t',
    'CreateTime:1600000000000\tNO_HEADERS\tgone\tNULL',
  ]);
});

test('a batch that the topic has become too narrow for is cut, and nothing is lost or doubled', async () => {
  const topic = await createTopic('narrow');
  const producer = await testProducer({ topics: [topic] });
  await withAdmin(undefined, (admin) =>
    admin.alterConfigs({
      validateOnly: false,
      resources: [
        { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name: 'max.message.bytes', value: '3000' }] },
      ],
    }),
  );
  const values = lines(2000);
  await appendAll(
    producer,
    topic,
    values.map((value) => textRecord(null, value)),
  );
  expect(await producer.close()).toMatchObject({ acknowledged: 2000, failed: 0 });
  expect(await readBack(topic, 2000)).toEqual(values);
});

test('a record that a compacted topic refuses is named with what the broker says, and later ones are written', async () => {
  const topic = await createTopic('compacted', { config: { 'cleanup.policy': 'compact' } });
  const producer = await testProducer({ topics: [topic] });
  await producer.append(topic, textRecord('a', '1', { tag: 1 }));
  await producer.flush();
  await producer.append(topic, textRecord('b', '2', { tag: 2 }));
  await producer.append(topic, textRecord(null, 'no key', { tag: 3 }));
  await producer.flush();
  await producer.append(topic, textRecord('c', '4', { tag: 4 }));
  const report = await producer.close();
  expect(report).toMatchObject({ acknowledged: 2, failed: 2 });
  expect(report.failures[0]).toMatchObject({ firstTag: 3, lastTag: 3, count: 1, error: 'INVALID_RECORD' });
  expect(report.failures[0]?.message).toMatch(/compacted topic cannot accept message without key/i);
  expect(report.failures[1]).toMatchObject({ firstTag: 2, lastTag: 3, count: 1, error: 'INVALID_RECORD' });
  expect(await readBack(topic, 2)).toEqual(['1', '4']);
});

test('a topic that does not exist is refused when the producer opens', async () => {
  const topic = uniqueName('nowhere');
  await expect(testProducer({ topics: [topic] })).rejects.toMatchObject({
    code: 'not-found',
    kafkaName: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
});

test('the leader tells which sequence it holds of a producer', async () => {
  const topic = await createTopic('proof');
  const cluster = testCluster();
  const request = cluster.request.bind(cluster);
  let identity: ProducerIdentity = { producerId: -1n, epoch: -1 };
  const watched: typeof cluster = {
    direct: cluster.direct,
    brokers: () => cluster.brokers(),
    close: () => cluster.close(),
    async request(message, body, options) {
      const answer = await request(message, body, options);
      const { producerId, producerEpoch: epoch } = answer as { producerId: bigint; producerEpoch: number };
      if (message.name === InitProducerId.name) identity = { producerId, epoch };
      return answer;
    },
  };
  const { openProducer } = await import('../../src/client/producer/open-producer.js');
  const producer = await openProducer(watched, { topics: [topic] });
  for (const value of lines(7)) await producer.append(topic, textRecord(null, value));
  await producer.close();
  expect(await lastSequenceOf(cluster, { topic, partition: 0 }, identity, { timeoutMs: 5000 })).toEqual({
    epoch: 0,
    lastSequence: 6,
  });
});

test('of two transactions readers see the committed one, and its offsets', async () => {
  const topic = await createTopic('tx', { partitions: 2 });
  const groupId = uniqueName('tx-group');
  const transactionalId = uniqueName('tx-id');
  const producer = await testProducer({ topics: [topic], transactionalId });
  const write = (prefix: string): Promise<void> =>
    appendAll(
      producer,
      topic,
      lines(100, prefix).map((value, index) => textRecord(null, value, { partition: index % 2 })),
    );

  producer.transactions.begin();
  await write('kept');
  await producer.transactions.sendOffsets({ groupId }, [{ topic, partition: 1, offset: 42n, metadata: 'm' }]);
  await producer.transactions.commit();

  producer.transactions.begin();
  await write('dropped');
  await producer.flush();
  await producer.transactions.abort();

  producer.transactions.begin();
  await write('last');
  await producer.transactions.commit();

  expect(await producer.close()).toMatchObject({ acknowledged: 300, failed: 0 });
  // Hidden: 100 aborted records, and three markers in each partition.
  const committed = await readBack(topic, 200, { args: readCommitted, hidden: 106 });
  expect([...committed].sort()).toEqual([...lines(100, 'kept'), ...lines(100, 'last')].sort());
  const [offsets] = await withAdmin(undefined, (admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
  expect(offsets?.partitions.find(({ partition }) => partition === 1)).toMatchObject({ offset: '42', metadata: 'm' });
});

test('records that were never sent are dropped by an abort, and the next transaction is complete', async () => {
  const topic = await createTopic('tx-drop');
  const producer = await testProducer({ topics: [topic], transactionalId: uniqueName('tx-id'), lingerMs: 60_000 });
  producer.transactions.begin();
  await producer.append(topic, textRecord(null, 'never'));
  await producer.transactions.abort();
  producer.transactions.begin();
  await producer.append(topic, textRecord(null, 'kept'));
  await producer.transactions.commit();
  expect(await producer.close()).toMatchObject({ acknowledged: 1, failed: 1, failures: [{ error: 'ABORTED' }] });
  expect(await readBack(topic, 1, { args: readCommitted, hidden: 1 })).toEqual(['kept']);
});

test('a second producer with the same transactional id fences the first', async () => {
  const topic = await createTopic('fenced');
  const transactionalId = uniqueName('tx-id');
  const first = await testProducer({ topics: [topic], transactionalId });
  first.transactions.begin();
  await first.append(topic, textRecord(null, 'lost'));
  await first.flush();

  const second = await testProducer({ topics: [topic], transactionalId });
  await expect(first.transactions.commit()).rejects.toMatchObject({ kafkaName: 'PRODUCER_FENCED' });
  expect(() => first.append(topic, textRecord(null, 'x'))).toThrow('another producer has taken over the transactional id');

  second.transactions.begin();
  await second.append(topic, textRecord(null, 'kept'));
  await second.transactions.commit();
  await second.close();
  expect(await readBack(topic, 1, { args: readCommitted, hidden: 3 })).toEqual(['kept']);
});
