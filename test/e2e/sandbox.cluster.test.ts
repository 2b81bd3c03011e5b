import { expect, test } from 'vitest';
import { probeBroker } from '../../src/sandbox/probe-broker.js';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic, withAdmin } from './fixture/topics.js';

const cluster = useThreeBrokers();

test('three brokers know each other from the start, and take topics with three copies', async () => {
  for (const { port } of cluster().brokers) expect(await probeBroker(port)).toEqual([1, 2, 3]);
  const { bootstrap } = cluster();
  const topic = await createTopic('copied', { partitions: 3, replicationFactor: 3, bootstrap });
  const { topics } = await withAdmin(bootstrap, (admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  expect(topics[0]?.partitions.map(({ replicas }) => [...replicas].sort())).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('a killed broker is gone at once, and back in all brokers’ eyes after its restart', async () => {
  const [first, second] = cluster().brokers;
  const pid = first?.pid;
  await first?.kill('SIGKILL');
  expect(first?.isRunning).toBe(false);
  await first?.restart();
  expect(first?.pid).not.toBe(pid);
  expect(await probeBroker(second?.port ?? 0)).toEqual([1, 2, 3]);
});

test('a stopped broker does not answer until it goes on', async () => {
  const [, , third] = cluster().brokers;
  await third?.kill('SIGSTOP');
  // The signal is on its way when it is sent, and not yet there.
  await expect.poll(() => probeBroker(third?.port ?? 0, 500), { timeout: 10_000 }).toBeUndefined();
  await third?.kill('SIGCONT');
  expect(await probeBroker(third?.port ?? 0)).toBeDefined();
});
