import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { readBack, testProducer, textRecord } from './producer-run.js';

const cluster = useThreeBrokers();
const partitions = 3;

async function leaderOf(topic: string, partition: number): Promise<number> {
  const { topics } = await withAdmin(cluster().bootstrap, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  return topics[0]?.partitions.find(({ partitionId }) => partitionId === partition)?.leader ?? -1;
}

/** The numbers in each partition, in the order they lie there. */
async function numbersOf(topic: string, count: number): Promise<number[][]> {
  const args = ['--formatter-property', 'print.partition=true'];
  const read: number[][] = Array.from({ length: partitions }, () => []);
  for (const line of await readBack(topic, count, { args, bootstrap: cluster().bootstrap })) {
    const [, partition = '', value = ''] = /^Partition:(\d+)\t(\d+)$/.exec(line) ?? [];
    read[Number(partition)]?.push(Number(value));
  }
  return read;
}

test('a leader that is killed, and one that hangs, in the middle of a stream cost no record, double none and mix up none', async () => {
  const { brokers, bootstrap } = cluster();
  const config = { 'min.insync.replicas': '2' };
  const topic = await createTopic('killed', { partitions, replicationFactor: 3, config, bootstrap });
  const settings = { topics: [topic], batchSize: 2000, requestTimeoutMs: 4000, lingerMs: 1 };
  const producer = await testProducer(settings, bootstrap);
  const broker = async (partition: number): Promise<(typeof brokers)[number]> => {
    const leader = await leaderOf(topic, partition);
    const found = brokers.find(({ id }) => id === leader);
    if (found === undefined) throw new Error(`partition ${partition} has no leader`);
    return found;
  };
  let count = 0;
  const writeFor = async (ms: number): Promise<void> => {
    for (const end = performance.now() + ms; performance.now() < end; await sleep(1)) {
      for (let index = 0; index < 60; index++) {
        await producer.append(topic, textRecord(null, String(count), { partition: count % partitions, tag: count }));
        count++;
      }
    }
  };

  await writeFor(1500);
  const victim = await broker(0);
  await Promise.all([writeFor(3000), sleep(300).then(() => victim.kill('SIGKILL'))]);
  await victim.restart();
  await writeFor(500);
  const sleeper = await broker(1);
  await Promise.all([writeFor(2000), sleep(300).then(() => sleeper.kill('SIGSTOP'))]);
  await sleep(8000);
  await sleeper.kill('SIGCONT');
  await writeFor(500);

  expect(await producer.close()).toEqual({ acknowledged: count, sent: 0, failed: 0, failures: [], unlisted: 0 });
  const read = await numbersOf(topic, count);
  for (const [partition, numbers] of read.entries()) {
    const expected = Array.from(
      { length: Math.ceil((count - partition) / partitions) },
      (_, index) => partition + index * partitions,
    );
    expect(numbers).toEqual(expected);
  }
});

test('with every broker dead a producer ends within its delivery timeout and accounts for every record', async () => {
  const { brokers, bootstrap } = cluster();
  const topic = await createTopic('dead', { partitions, replicationFactor: 3, bootstrap });
  const producer = await testProducer(
    { topics: [topic], batchSize: 500, deliveryTimeoutMs: 5000, requestTimeoutMs: 2000 },
    bootstrap,
  );
  const append = async (from: number, count: number): Promise<void> => {
    for (let tag = from; tag < from + count; tag++)
      await producer.append(topic, textRecord(null, String(tag), { partition: tag % partitions, tag }));
  };
  await append(0, 300);
  await producer.flush();
  await Promise.all(brokers.map((broker) => broker.kill('SIGKILL')));
  const start = performance.now();
  await append(300, 300);
  const report = await producer.close();
  expect(performance.now() - start).toBeLessThan(9000);
  expect(report).toMatchObject({ acknowledged: 300, failed: 300, unlisted: 0 });
  expect(report.failures.map(({ partition }) => partition).sort()).toEqual([0, 1, 2]);
  for (const { error, message } of report.failures) {
    expect(error).toBe('DELIVERY_TIMEOUT');
    expect(message).toMatch(/^not delivered within 5000 ms; last: (cannot connect to|lost the connection to|no answer from) /);
  }
});
