import { describe, expect, test } from 'vitest';
import { useThreeBrokers } from './fixture/three-brokers.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { SteadyProducer } from './verifiable/steady-producer.js';
import { type GroupOptions, VerifiableGroup } from './verifiable/verifiable-group.js';

// What `consumer_test.py` of Kafka's own system tests asserts while brokers fail, with our programs in the place of Kafka's.

const cluster = useThreeBrokers();

const protocols = ['classic', 'consumer'] as const;
const kinds = protocols.flatMap((protocol) => [false, true].map((autoCommit) => ({ protocol, autoCommit })));
/** Their members restart once: whoever coordinates the group afterwards has to know the new ids of the static members. */
const staticKinds = protocols.map((protocol) => ({ protocol, isStatic: true }));

interface Scene {
  readonly group: VerifiableGroup;
  readonly producer: SteadyProducer;
}

type Kind = Pick<GroupOptions, 'protocol' | 'autoCommit' | 'isStatic'>;

/** A group of each kind, each with a topic and a producer of its own, all stable. */
async function openScenes(wanted: readonly Kind[]): Promise<Scene[]> {
  const { bootstrap } = cluster();
  return Promise.all(
    wanted.map(async (kind) => {
      const topic = await createTopic('verifiable', { replicationFactor: 3, config: { 'min.insync.replicas': '2' }, bootstrap });
      const producer = await SteadyProducer.start(bootstrap, topic);
      const options = { ...kind, bootstrap, topic, groupId: uniqueName('verifiable'), members: 3, sessionTimeoutMs: 60_000 };
      const group = new VerifiableGroup(options);
      await group.start();
      await group.awaitJoined();
      if (kind.isStatic === true) {
        await group.stop();
        await group.start();
        await group.awaitJoined();
      }
      await group.awaitStable(1);
      await group.awaitConsumed();
      return { group, producer };
    }),
  );
}

/** No member was given anything anew, and each group has read everything once and committed it. */
async function expectUndisturbed(scenes: readonly Scene[], before: readonly number[]): Promise<void> {
  const after = scenes.map(({ group }) => group.rebalances);
  await Promise.all(scenes.map(({ group }) => group.stop()));
  expect(after).toEqual(before);
  for (const { group } of scenes) {
    expect(group.faults()).toEqual([]);
    expect(group.position(0)).toBe(group.totalConsumed);
    if (group.options.autoCommit !== true) expect(group.lastCommit(0)).toBe(group.position(0));
  }
}

async function close(scenes: readonly Scene[]): Promise<void> {
  await Promise.all(scenes.flatMap(({ group, producer }) => [group.stop(), producer.stop()]));
}

describe('brokers that fail', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)('a broker that ends by %s makes no group rebalance', async (signal) => {
    const scenes = await openScenes(kinds);
    const before = scenes.map(({ group }) => group.rebalances);
    const [victim] = cluster().brokers;
    try {
      await victim?.kill(signal);
      await Promise.all(scenes.map(({ group }) => group.awaitConsumed(1000)));
      await expectUndisturbed(scenes, before);
    } finally {
      await close(scenes);
      await victim?.restart();
    }
  });

  test('brokers restarted one after another make no group rebalance', async () => {
    const scenes = await openScenes([...kinds, ...staticKinds]);
    const before = scenes.map(({ group }) => group.rebalances);
    try {
      for (const broker of cluster().brokers) {
        await broker.kill('SIGTERM');
        await broker.restart();
        await Promise.all(scenes.map(({ group }) => group.awaitJoined()));
        await Promise.all(scenes.map(({ group }) => group.awaitConsumed()));
      }
      await expectUndisturbed(scenes, before);
    } finally {
      await close(scenes);
    }
  });
});
