import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Delivery } from '../../../../src/client/producer/producer-settings.js';
import { CliError } from '../../../../src/core/errors.js';
import { createGzip } from '../../../../src/protocol/compression/gzip.js';
import { appendNumbers, openStage, textRecord } from './drive.js';
import { FakeCluster } from './fake-cluster.js';

const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => String(from + index));

test('records arrive in order, and the report counts them', async () => {
  const { cluster, producer, until } = await openStage();
  appendNumbers(producer, 50);
  expect(await until(producer.close())).toEqual({ acknowledged: 50, sent: 0, failed: 0, failures: [], unlisted: 0 });
  expect(cluster.log('orders', 0)).toEqual(numbers(50));
});

test('a producer that got no record closes with an empty report', async () => {
  const { producer, until } = await openStage();
  expect(await until(producer.close())).toEqual({ acknowledged: 0, sent: 0, failed: 0, failures: [], unlisted: 0 });
});

test('a batch that its broker finds too large is cut until it fits, and every record is written once', async () => {
  const { cluster, producer, until } = await openStage();
  cluster.state('orders', 0).maxBytes = 150;
  appendNumbers(producer, 64);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 64, failed: 0 });
  expect(cluster.log('orders', 0)).toEqual(numbers(64));
});

test('compressed batches are cut too', async () => {
  const cluster = new FakeCluster({ orders: 1 });
  cluster.codec = createGzip();
  const { producer, until } = await openStage({ compression: 'gzip' }, cluster);
  cluster.state('orders', 0).maxBytes = 120;
  appendNumbers(producer, 40);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 40 });
  expect(cluster.log('orders', 0)).toEqual(numbers(40));
});

test('a record that the topic would refuse is refused at once, with its size and the limit', async () => {
  const cluster = new FakeCluster({ orders: 1 });
  cluster.maxMessageBytes = 1000;
  const { producer, until } = await openStage({}, cluster);
  expect(() => producer.append('orders', textRecord('x'.repeat(1000)))).toThrow(
    /^the record takes 1070 bytes, more than max.message.bytes of topic 'orders' allows \(1000\)$/,
  );
  appendNumbers(producer, 3);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 3, failed: 0 });
});

test('a record larger than a request is refused even where compression might make it fit', async () => {
  const cluster = new FakeCluster({ orders: 1 });
  cluster.maxMessageBytes = 1000;
  const { producer, until } = await openStage({ compression: 'gzip', maxRequestSize: 5000 }, cluster);
  cluster.codec = createGzip();
  expect(() => producer.append('orders', textRecord('x'.repeat(6000)))).toThrow(/more than max.request.size allows \(5000\)/);
  void producer.append('orders', textRecord('x'.repeat(2000)));
  expect(await until(producer.close())).toMatchObject({ acknowledged: 1 });
});

test('a record larger than a batch travels alone', async () => {
  const { cluster, producer, until } = await openStage({ batchSize: 100 });
  for (const value of ['a', 'b'.repeat(500), 'c']) void producer.append('orders', textRecord(value));
  await until(producer.close());
  expect(cluster.log('orders', 0)).toEqual(['a', 'b'.repeat(500), 'c']);
});

test('a refused record is named by its tag with what the broker said; its batch fails, what follows is written', async () => {
  const { cluster, producer, until, faults } = await openStage({ batchSize: 90 });
  faults.push(undefined, {
    code: 87,
    message: 'one or more records have been rejected',
    recordErrors: [{ batchIndex: 1, batchIndexErrorMessage: 'compacted topic cannot accept message without key' }],
  });
  appendNumbers(producer, 9, 10);
  const report = await until(producer.close());
  expect(report.failures).toEqual([
    {
      topic: 'orders',
      partition: 0,
      firstTag: 14,
      lastTag: 14,
      count: 1,
      error: 'INVALID_RECORD',
      message: 'compacted topic cannot accept message without key',
    },
    {
      topic: 'orders',
      partition: 0,
      firstTag: 13,
      lastTag: 15,
      count: 2,
      error: 'INVALID_RECORD',
      message: 'not written, because another record of its batch was refused: one or more records have been rejected',
    },
  ]);
  expect(report).toMatchObject({ acknowledged: 6, failed: 3 });
  expect(cluster.log('orders', 0)).toEqual([...numbers(3, 10), ...numbers(3, 16)]);
});

test('a dead broker costs the delivery timeout and no more, and the report says why', async () => {
  const { cluster, clock, producer, until } = await openStage({ deliveryTimeoutMs: 2000 });
  cluster.down.add(0);
  appendNumbers(producer, 4, 1);
  const report = await until(producer.close());
  expect(report).toMatchObject({ acknowledged: 0, failed: 4 });
  expect(report.failures).toEqual([
    {
      topic: 'orders',
      partition: 0,
      firstTag: 1,
      lastTag: 4,
      count: 4,
      error: 'DELIVERY_TIMEOUT',
      message: 'not delivered within 2000 ms; last: cannot connect to broker-0:9092: connection refused',
    },
  ]);
  expect(clock.now()).toBeLessThan(2300);
});

test('a partition that gets its leader back in time loses nothing', async () => {
  const { cluster, clock, producer, until } = await openStage({ deliveryTimeoutMs: 2000 });
  cluster.state('orders', 0).leader = undefined;
  cluster.breakConnection(0, 0);
  appendNumbers(producer, 4);
  clock.after(1000, () => (cluster.state('orders', 0).leader = 1));
  expect(await until(producer.close())).toMatchObject({ acknowledged: 4, failed: 0 });
  expect(cluster.log('orders', 0)).toEqual(numbers(4));
});

test('an answer that cannot be read costs nothing: what was in flight is sent again, and written once', async () => {
  const { cluster, clock, producer, until } = await openStage({ batchSize: 90 });
  appendNumbers(producer, 3);
  await until(producer.flush());
  for (let turn = 1; turn < 10; turn++) {
    appendNumbers(producer, 3, turn * 3);
    clock.advance(5);
    await tick();
    cluster.flush();
  }
  expect(cluster.pendingCount).toBeGreaterThan(1);
  cluster.unreadable = 1;
  expect(await until(producer.close())).toMatchObject({ acknowledged: 30, failed: 0 });
  expect(cluster.unreadable).toBe(0);
  expect(cluster.log('orders', 0)).toEqual(numbers(30));
});

test('past its memory a producer asks to wait, and resolves once brokers have taken enough', async () => {
  const { producer, until } = await openStage({ batchSize: 1024, bufferMemory: 8 * 1024 });
  let wait: Promise<void> | undefined;
  let count = 0;
  while (wait === undefined && count < 10_000) wait = producer.append('orders', textRecord(String(count++).padStart(100, '.')));
  expect(count * 100).toBeGreaterThan(3 * 1024);
  expect(count * 100).toBeLessThan(8 * 1024);
  await until(wait ?? Promise.reject(new Error('it never asked')));
  expect(producer.report().acknowledged).toBeGreaterThan(0);
  expect(await until(producer.close())).toMatchObject({ acknowledged: count });
});

test('with acks=0 records count as sent once the socket has taken them', async () => {
  const { cluster, producer, until } = await openStage({ acks: 0 });
  appendNumbers(producer, 7);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 0, sent: 7, failed: 0 });
  expect(cluster.log('orders', 0)).toEqual(numbers(7));
});

test('in sync mode append waits for the outcome of its record', async () => {
  const { cluster, producer, until } = await openStage({ sync: true });
  for (let tag = 0; tag < 3; tag++) {
    await until(producer.append('orders', textRecord(String(tag))) ?? Promise.reject(new Error('no promise')));
    expect(cluster.log('orders', 0)).toEqual(numbers(tag + 1));
  }
});

test('a batch that is not full waits for lingerMs', async () => {
  const { cluster, clock, producer } = await openStage({ lingerMs: 50 });
  appendNumbers(producer, 1);
  await tick();
  clock.advance(49);
  await tick();
  expect(cluster.pendingCount).toBe(0);
  clock.advance(1);
  await tick();
  expect(cluster.pendingCount).toBe(1);
});

test('partitions of one broker share a request', async () => {
  const { cluster, producer, until } = await openStage({ topics: ['many'] }, new FakeCluster({ many: 6 }));
  for (let partition = 0; partition < 6; partition++) void producer.append('many', textRecord(String(partition), { partition }));
  const closed = producer.close();
  await tick();
  await tick();
  expect(cluster.pendingCount).toBe(2);
  expect(await until(closed)).toMatchObject({ acknowledged: 6 });
});

test('a fatal error fails what waits and every later append', async () => {
  const { producer, until, faults } = await openStage({ batchSize: 70, maxInFlight: 1 });
  faults.push({ code: 31, message: 'Cluster authorization failed.' });
  appendNumbers(producer, 5);
  expect(await until(producer.close())).toMatchObject({
    acknowledged: 0,
    failed: 5,
    failures: [{ error: 'CLUSTER_AUTHORIZATION_FAILED' }, {}],
  });
  expect(producer.fatalError).toMatchObject({ code: 'authorization', kafkaName: 'CLUSTER_AUTHORIZATION_FAILED' });
  expect(() => producer.append('orders', textRecord('x'))).toThrow('Cluster authorization failed (CLUSTER_AUTHORIZATION_FAILED)');
});

test('a broker that does not speak our versions of Produce ends the producer, and every record is accounted for', async () => {
  const { cluster, producer, until } = await openStage();
  cluster.versionError = new CliError('unsupported', 'the broker b:9092 does not support Produce: it speaks versions 0 to 2');
  appendNumbers(producer, 3);
  expect(await until(producer.close())).toMatchObject({ failed: 3, failures: [{ error: 'UNSUPPORTED', count: 3 }] });
  expect(producer.fatalError?.message).toMatch('does not support Produce');
});

test.each([8, 9])('brokers that speak Produce %i get it', async (version) => {
  const cluster = new FakeCluster({ orders: 1 });
  cluster.produceVersion = version;
  const { producer, until } = await openStage({}, cluster);
  appendNumbers(producer, 5);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 5 });
  expect(cluster.log('orders', 0)).toEqual(numbers(5));
});

test('a topic first named by a record is looked up then, and its records keep their order', async () => {
  const { cluster, producer, until } = await openStage({}, new FakeCluster({ orders: 1, late: 1 }));
  const waits = numbers(3).map((value) => {
    const record = textRecord(value);
    const wait = producer.append('late', record);
    record.source.fill(0);
    return wait;
  });
  expect(waits.every((wait) => wait instanceof Promise)).toBe(true);
  expect(await until(producer.close())).toMatchObject({ acknowledged: 3 });
  expect(cluster.log('late', 0)).toEqual(numbers(3));
});

test('an unknown topic is refused by name', async () => {
  const { producer } = await openStage();
  await expect(producer.append('nowhere', textRecord('x'))).rejects.toMatchObject({
    code: 'not-found',
    kafkaName: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
});

test('a partition that the topic does not have is refused', async () => {
  const { producer } = await openStage();
  expect(() => producer.append('orders', textRecord('x', { partition: 4 }))).toThrow(
    "topic 'orders' has no partition 4 (it has 1)",
  );
});

test('closing with a time limit fails what is not delivered by then, and ends', async () => {
  const { cluster, clock, producer } = await openStage({ batchSize: 100 });
  appendNumbers(producer, 20);
  const closed = producer.close({ timeoutMs: 300 });
  await tick();
  cluster.flush();
  clock.advance(300);
  const report = await closed;
  expect(report).toMatchObject({ acknowledged: 0, failed: 20, failures: [{ error: 'ABORTED', count: 20 }] });
  // The late answer must not disturb anything.
  cluster.process();
  cluster.deliver();
  await tick();
  expect(producer.report()).toEqual(report);
});

test('bytes that the socket has not taken yet are not overwritten when their batch is given up', async () => {
  const { cluster, clock, producer } = await openStage();
  appendNumbers(producer, 20);
  void producer.close({ timeoutMs: 300 });
  await tick();
  clock.advance(300);
  await tick();
  cluster.flush();
  cluster.process();
  expect(cluster.log('orders', 0)).toEqual(numbers(20));
});

test('every batch is told of as it ends: where, how many, and at which offset', async () => {
  const deliveries: Delivery[] = [];
  const { producer, until, faults } = await openStage({ batchSize: 90, onDelivery: (delivery) => deliveries.push(delivery) });
  faults.push(undefined, { code: 29 });
  appendNumbers(producer, 9, 10);
  await until(producer.close());
  expect(deliveries.map(({ baseOffset, count, error, tagAt }) => [baseOffset, count, tagAt(0), error])).toEqual([
    [0n, 3, 10, undefined],
    [undefined, 3, 13, 'TOPIC_AUTHORIZATION_FAILED'],
    [3n, 3, 16, undefined],
  ]);
});

test('a repeat that the broker recognises is acknowledged and written once', async () => {
  const { cluster, producer, until } = await openStage();
  appendNumbers(producer, 5);
  const closed = producer.close();
  await tick();
  cluster.flush();
  cluster.breakConnection(0, 1);
  expect(await until(closed)).toMatchObject({ acknowledged: 5, failed: 0 });
  expect(cluster.log('orders', 0)).toEqual(numbers(5));
});

test('records without a partition go where the partitioner says, which knows the partitions that have a leader', async () => {
  const cluster = new FakeCluster({ orders: 3 });
  cluster.state('orders', 1).leader = undefined;
  const seen: unknown[] = [];
  const choose = (_record: unknown, among: unknown): number => (seen.push(among), 2);
  const { producer, until } = await openStage({ partitioner: () => ({ choose }) }, cluster);
  appendNumbers(producer, 2);
  void producer.append('orders', textRecord('given', { partition: 0 }));
  await until(producer.close());
  expect(seen).toEqual(Array(2).fill({ count: 3, available: [0, 2] }));
  expect([cluster.log('orders', 2), cluster.log('orders', 0)]).toEqual([['0', '1'], ['given']]);
});
