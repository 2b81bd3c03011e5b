import { describe, expect, inject, test } from 'vitest';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { eventually } from './verifiable/eventually.js';
import { SteadyProducer } from './verifiable/steady-producer.js';
import { type GroupOptions, VerifiableGroup } from './verifiable/verifiable-group.js';

// What `consumer_test.py` of Kafka's own system tests asserts while members come and go, with our programs in the place of Kafka's.

const protocols = ['classic', 'consumer'] as const;
const timeoutMs = 200_000;

/** A group and, unless there is nothing to read, a producer, for one test. */
async function withGroup(
  options: Partial<GroupOptions> & { readonly partitions?: number; readonly isSilent?: boolean },
  work: (group: VerifiableGroup, producer: SteadyProducer | undefined) => Promise<void>,
): Promise<void> {
  const bootstrap = inject('bootstrap');
  const { partitions = 1, isSilent = false, ...rest } = options;
  const topic = options.topic ?? (await createTopic('verifiable', { partitions }));
  const groupId = options.groupId ?? uniqueName('verifiable');
  const producer = isSilent ? undefined : await SteadyProducer.start(bootstrap, topic);
  const group = new VerifiableGroup({ members: 3, protocol: 'classic', ...rest, bootstrap, topic, groupId });
  try {
    await work(group, producer);
  } finally {
    await Promise.all([group.stop(), producer?.stop()]);
  }
}

/** After a clean end the records read are those up to the position: none twice, none left out. */
function expectReadOnce(group: VerifiableGroup): void {
  expect(group.faults()).toEqual([]);
  expect(group.position(0)).toBe(group.totalConsumed);
}

describe.concurrent('members that come and go', () => {
  test.each(protocols)(
    'all members restarted at once, and then one after another, read everything once: %s',
    (protocol) =>
      withGroup({ protocol }, async (group) => {
        await group.start();
        await group.awaitJoined();
        await group.awaitConsumed();
        await group.stop();
        await group.start();
        await group.awaitJoined();
        await group.awaitConsumed();
        for (const member of group.members) {
          await member.stop();
          expect(group.dead()).toEqual([member]);
          await member.start();
          await group.awaitJoined();
          await group.awaitConsumed();
        }
        await group.stop();
        expectReadOnce(group);
      }),
    timeoutMs,
  );

  test.each(protocols)(
    'the group is readable after each member that joins and each that leaves: %s',
    (protocol) =>
      withGroup({ protocol }, async (group) => {
        for (const [index, member] of group.members.entries()) {
          await member.start();
          await group.awaitJoined(index + 1);
          await group.awaitConsumed();
        }
        for (const [index, member] of group.members.entries()) {
          await member.stop();
          const left = group.members.length - index - 1;
          if (left > 0) await group.awaitJoined(left);
          if (left > 0) await group.awaitConsumed();
        }
        expectReadOnce(group);
        expect(group.lastCommit(0)).toBe(group.position(0));
      }),
    timeoutMs,
  );

  test.each(protocols.flatMap((protocol) => [true, false].map((autoCommit) => [protocol, autoCommit] as const)))(
    'the partition of an owner that ends goes on with another member: %s, automatic commits %s',
    (protocol, autoCommit) =>
      withGroup({ protocol, autoCommit }, async (group) => {
        await group.start();
        await group.awaitJoined();
        await group.awaitAssigned(1);
        await group.awaitConsumed(100);
        await group.owner(0)?.stop();
        await group.awaitJoined(2);
        await group.awaitAssigned(1);
        await group.awaitConsumed(500);
        await group.stop();
        expectReadOnce(group);
        if (!autoCommit) expect(group.lastCommit(0)).toBe(group.position(0));
      }),
    timeoutMs,
  );

  test.each([true, false])(
    'members that restart make the others give up their partitions only where they are not static: static %s',
    (isStatic) =>
      withGroup({ isStatic, sessionTimeoutMs: 60_000 }, async (group) => {
        await group.start();
        await group.awaitJoined();
        await group.awaitConsumed();
        const before = group.revocations;
        for (const member of group.members.slice(1)) {
          await member.stop();
          await member.start();
          await group.awaitJoined();
          await group.awaitConsumed();
        }
        const revocations = group.revocations - before;
        await group.stop();
        expect(isStatic ? revocations === 0 : revocations > 0).toBe(true);
        expectReadOnce(group);
      }),
    timeoutMs,
  );

  test(
    'a second member of an instance id puts the first out: classic',
    () =>
      withGroup({ isStatic: true, sessionTimeoutMs: 60_000 }, async (group) => {
        await group.start();
        await group.awaitJoined();
        await group.awaitAssigned(1);
        await withGroup({ ...group.options, members: 1, isSilent: true }, async (rival) => {
          await rival.start();
          await rival.awaitJoined();
          await group.awaitJoined(2);
          await eventually(
            () => group.dead().length === 1,
            () => `the end of the fenced member: ${group.faults().join()}`,
          );
          expect(group.dead()[0]?.history.violations).toEqual([]);
        });
      }),
    timeoutMs,
  );

  test(
    'a second member of an instance id is turned away until the first has gone: consumer',
    () =>
      withGroup({ protocol: 'consumer', isStatic: true }, async (group) => {
        await group.start();
        await group.awaitJoined();
        await group.awaitStable(1);
        const { rebalances } = group;
        await withGroup({ ...group.options, members: 1, isSilent: true }, async (rival) => {
          await rival.start();
          await rival.awaitDead(1);
          await group.awaitConsumed();
          expect([group.rebalances, group.joined().length]).toEqual([rebalances, 3]);
          await group.stop();
          await rival.start();
          await rival.awaitJoined();
        });
        expectReadOnce(group);
      }),
    timeoutMs,
  );

  test.each([
    ...['RangeAssignor', 'RoundRobinAssignor', 'StickyAssignor', 'CooperativeStickyAssignor'].map((assignor) => ({ assignor })),
    ...['range', 'uniform'].map((remoteAssignor) => ({ protocol: 'consumer' as const, remoteAssignor })),
  ])(
    'every partition has one owner after each member that joins: %o',
    (options) =>
      withGroup({ ...options, partitions: 6, isSilent: true }, async (group) => {
        for (const [index, member] of group.members.entries()) {
          await member.start();
          await group.awaitJoined(index + 1);
          await group.awaitAssigned(6);
        }
        await group.stop();
        expect(group.faults()).toEqual([]);
      }),
    timeoutMs,
  );
});
