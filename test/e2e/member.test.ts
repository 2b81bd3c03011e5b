import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { openCluster } from '../../src/client/connect.js';
import type { MemberOptions } from '../../src/client/member/member-options.js';
import { parseAddresses } from '../../src/core/address.js';
import { defaultConnectionSettings } from '../../src/core/connection-settings.js';
import { fillPartitions } from './fetcher-run.js';
import { createTopic, withAdmin } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';
import { javaMember, RunningMember } from './member-run.js';

const perPartition = 50;
const partitions = [0, 1, 2, 3];

/** For each partition, `partition:number` for a stretch of numbers. */
function valuesFrom(from: number): string[][] {
  const numbers = Array.from({ length: perPartition }, (_, index) => from + index);
  return partitions.map((partition) => numbers.map((number) => `${partition}:${number}`));
}

function produce(topic: string, from: number): Promise<void> {
  return fillPartitions(topic, valuesFrom(from));
}

function sorted(...lists: (readonly string[])[]): string[] {
  return lists.flat().sort();
}

const total = perPartition * partitions.length;
const strategy = 'partition.assignment.strategy';
const javaAssignor = (name: string) => `org.apache.kafka.clients.consumer.${name}`;

const protocols: [string, Pick<MemberOptions, 'protocol' | 'assignors'>, Record<string, string>][] = [
  ['classic, with the default assignors', {}, {}],
  ['classic, sticky', { assignors: ['sticky'] }, { [strategy]: javaAssignor('StickyAssignor') }],
  ['classic, cooperative-sticky', { assignors: ['cooperative-sticky'] }, { [strategy]: javaAssignor('CooperativeStickyAssignor') }],
  ['consumer', { protocol: 'consumer' }, { 'group.protocol': 'consumer' }],
];

test.each(protocols)(
  "a group is shared with Kafka's console consumer, and every record is read once: %s",
  async (_, ours, theirs) => {
    const topic = await createTopic('shared', { partitions: partitions.length });
    const groupId = uniqueName('shared');
    await produce(topic, 0);
    const member = new RunningMember({ groupId, topics: [topic], ...ours });
    await member.hasRead(total);
    const java = await javaMember(groupId, topic, theirs);
    await member.ownsCount(2);
    await produce(topic, 1000);
    await member.hasRead(total + total / 2);
    await java.hasRead(total / 2);
    const javaLines = await java.stop();
    await member.owns(...partitions);
    await produce(topic, 2000);
    await member.hasRead(2 * total + total / 2);
    const read = await member.stop();
    expect(sorted(read, javaLines)).toEqual(sorted(...valuesFrom(0), ...valuesFrom(1000), ...valuesFrom(2000)));
    expect(javaLines).toHaveLength(total / 2);
  },
);

test.each([
  ['classic', {}],
  ['classic, cooperative-sticky', { assignors: ['cooperative-sticky'] }],
  ['consumer', { protocol: 'consumer' }],
] as [string, Partial<MemberOptions>][])('members come and go, and every record is read once: %s', async (_, options) => {
  const topic = await createTopic('turns', { partitions: partitions.length });
  const groupId = uniqueName('turns');
  const join = () => new RunningMember({ groupId, topics: [topic], ...options });
  await produce(topic, 0);
  const one = join();
  await one.hasRead(10);
  const two = join();
  const three = join();
  await produce(topic, 1000);
  await Promise.all([two.ownsSome(), three.ownsSome()]);
  const first = await one.stop();
  await produce(topic, 2000);
  await vi.waitUntil(() => first.length + two.values.length + three.values.length >= 3 * total, { timeout: 30_000 });
  const rest = await Promise.all([two.stop(), three.stop()]);
  expect(sorted(first, ...rest)).toEqual(sorted(...valuesFrom(0), ...valuesFrom(1000), ...valuesFrom(2000)));
});

test('a static member that comes back takes its partitions up where it left them, without a rebalance', async () => {
  const topic = await createTopic('static', { partitions: partitions.length });
  const groupId = uniqueName('static');
  const join = (groupInstanceId: string) => new RunningMember({ groupId, topics: [topic], groupInstanceId });
  const [one, two] = [join('one'), join('two')];
  await Promise.all([one.ownsCount(2), two.ownsCount(2)]);
  const { owned } = one;
  const joins = two.events.filter(({ kind }) => kind === 'joining').length;
  const before = await one.stop();
  await produce(topic, 0);
  const again = join('one');
  await again.owns(...owned);
  await Promise.all([again.hasRead(total / 2), two.hasRead(total / 2)]);
  expect(two.events.filter(({ kind }) => kind === 'joining')).toHaveLength(joins);
  expect(sorted(before, again.values, two.values)).toEqual(sorted(...valuesFrom(0)));
});

test('a member with a pattern finds a topic that is created later', async () => {
  const prefix = uniqueName('found');
  const first = await createTopic(prefix, { partitions: 1 });
  const member = new RunningMember({ groupId: prefix, pattern: new RegExp(`${prefix}.*`) });
  await member.ownsCount(1);
  const second = await createTopic(prefix, { partitions: 1 });
  await member.ownsCount(2);
  for (const topic of [first, second]) await fillPartitions(topic, [[topic]]);
  await member.hasRead(2);
  expect(sorted(await member.stop())).toEqual(sorted([first, second]));
});

// The newest versions that a broker of 2.4 speaks, by API key: Fetch to OffsetForLeaderEpoch.
const as24 = new Map([
  [1, 11],
  [2, 5],
  [3, 9],
  [8, 8],
  [9, 6],
  [10, 3],
  [11, 6],
  [12, 4],
  [13, 4],
  [14, 4],
  [23, 3],
]);

test('a group works in the versions of a broker of 2.4', async () => {
  const topic = await createTopic('old', { partitions: partitions.length });
  const groupId = uniqueName('old');
  const settings = { ...defaultConnectionSettings, bootstrap: parseAddresses(inject('bootstrap')).addresses };
  const cluster = openCluster(settings, { signal: new AbortController().signal, versionCaps: as24 });
  onTestFinished(() => cluster.close());
  await produce(topic, 0);
  const old = new RunningMember({ groupId, topics: [topic], cluster });
  await old.hasRead(total);
  const young = new RunningMember({ groupId, topics: [topic] });
  await Promise.all([old.ownsCount(2), young.ownsCount(2)]);
  await produce(topic, 1000);
  await Promise.all([old.hasRead(total * 1.5), young.hasRead(total / 2)]);
  expect(sorted(await old.stop(), await young.stop())).toEqual(sorted(...valuesFrom(0), ...valuesFrom(1000)));
});

test.each([
  ['classic', {}],
  ['consumer', { protocol: 'consumer' }],
] as [string, Partial<MemberOptions>][])(
  'a topic that is deleted goes from the group, and the others are read on: %s',
  async (_, options) => {
    const [doomed, kept] = [await createTopic('doomed'), await createTopic('kept')];
    const member = new RunningMember({ groupId: uniqueName('doomed'), topics: [doomed, kept], ...options });
    await member.ownsCount(2);
    await withAdmin(undefined, (admin) => admin.deleteTopics({ topics: [doomed] }));
    await fillPartitions(kept, [['a', 'b']]);
    await member.hasRead(2);
    await member.ownsCount(1);
    await fillPartitions(kept, [['c']]);
    await member.hasRead(3);
    expect(await member.stop()).toEqual(['a', 'b', 'c']);
  },
);
