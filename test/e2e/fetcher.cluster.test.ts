import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openCluster } from '../../src/client/connect.js';
import { openFetcher } from '../../src/client/fetcher/fetcher.js';
import { defaultConnectionSettings } from '../../src/core/connection-settings.js';
import { fillPartitions, readToEnd, valuesOf } from './fetcher-run.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { testCluster } from './producer-run.js';

const cluster = useThreeBrokers({
  extraConfig: { 'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector' },
});

const perPartition = 20_000;
const numbers = Array.from({ length: perPartition }, (_, index) => String(index));

/** A topic on all brokers that holds the numbers from 0 in each of its partitions. */
async function filledTopic(partitions: number): Promise<string> {
  const { bootstrap } = cluster();
  const config = { 'min.insync.replicas': '2' };
  const topic = await createTopic('read', { partitions, replicationFactor: 3, config, bootstrap });
  await fillPartitions(topic, Array(partitions).fill(numbers), bootstrap);
  return topic;
}

test('a leader that is killed in the middle of reading costs no record, doubles none and mixes up none', async () => {
  const { brokers, bootstrap } = cluster();
  const topic = await filledTopic(6);
  const ranges = Array.from({ length: 6 }, (_, partition) => ({ topic, partition, start: 0n, stop: BigInt(perPartition) }));
  const fetcher = openFetcher(testCluster(bootstrap), { ranges, partitionMaxBytes: 10_000 });
  const read: string[][] = ranges.map(() => []);
  let chunks = 0;
  let killing: Promise<void> | undefined;
  for await (const chunk of fetcher) {
    read[chunk.partition]?.push(...valuesOf(chunk));
    if (++chunks === 30) {
      const { topics } = await withAdmin(bootstrap, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
      const leader = topics[0]?.partitions[0]?.leader;
      killing = brokers.find(({ id }) => id === leader)?.kill('SIGKILL');
    }
    // Slow enough that the broker dies while there is much to read.
    if (chunks % 10 === 0) await sleep(20);
  }
  await fetcher.close();
  await killing;
  expect(brokers.filter(({ isRunning }) => !isRunning)).toHaveLength(1);
  for (const partition of read) expect(partition).toEqual(numbers);
  for (const broker of brokers) if (!broker.isRunning) await broker.restart();
});

test('a partition whose replicas are all gone is waited for, and named when they stay away', async () => {
  const { brokers, bootstrap } = cluster();
  const topic = await createTopic('single', { partitions: 3, replicationFactor: 1, bootstrap });
  await fillPartitions(topic, [['0'], ['1'], ['2']], bootstrap);
  const { topics } = await withAdmin(bootstrap, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  const leader = topics[0]?.partitions.find(({ partitionId }) => partitionId === 1)?.leader;
  const victim = brokers.find(({ id }) => id === leader);
  await victim?.kill('SIGKILL');
  const ranges = [0, 1, 2].map((partition) => ({ topic, partition, start: 0n, stop: 1n }));
  const open = (unavailableTimeoutMs: number) => openFetcher(testCluster(bootstrap), { ranges, unavailableTimeoutMs });
  await expect(readToEnd(open(4000))).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringMatching(new RegExp(`partition ${topic}-1 could not be read for`)) as string,
  });
  const reading = readToEnd(open(60_000));
  await victim?.restart();
  expect(await reading).toEqual([['0'], ['1'], ['2']]);
});

test('a reader in a rack reads from the replica there', async () => {
  const { bootstrap, brokers } = cluster();
  const topic = await createTopic('near', { partitions: 3, replicationFactor: 3, bootstrap });
  const hundred = numbers.slice(0, 100);
  await fillPartitions(topic, [hundred, hundred, hundred], bootstrap);
  const { topics } = await withAdmin(bootstrap, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  const far = topics[0]?.partitions.find(({ leader }) => leader !== 2);
  const leader = brokers.find(({ id }) => id === far?.leader);
  const near = brokers.find(({ id }) => id === 2);
  const debug: string[] = [];
  const settings = { ...defaultConnectionSettings, bootstrap: [{ host: '127.0.0.1', port: leader?.port ?? 0 }] };
  const reader = openCluster(settings, { signal: new AbortController().signal, debug: (line) => debug.push(line) });
  const ranges = [{ topic, partition: far?.partitionId ?? -1, start: 0n, stop: 100n }];
  const read = await readToEnd(openFetcher(reader, { ranges, rack: 'r2' }));
  await reader.close();
  expect(read[far?.partitionId ?? -1]).toEqual(hundred);
  expect(debug.join('\n')).toContain(`:${near?.port ?? 0}`);
});
