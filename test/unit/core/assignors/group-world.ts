import fc from 'fast-check';
import {
  type AssignedPartition,
  type GroupAssignment,
  type SubscribedMember,
  type TopicLayout,
  partitionKey,
} from '../../../../src/core/assignors/assignor.js';

/** A topic of `count` partitions; `racks[n % racks.length]` are the racks of partition n. */
export function topic(name: string, count: number, racks: readonly (readonly string[])[] = [[]]): TopicLayout {
  const partitions = Array.from({ length: count }, (_, partition) => ({ partition, racks: racks[partition % racks.length] ?? [] }));
  return { name, partitions };
}

export function member(id: string, topics: readonly string[], rest: Partial<SubscribedMember> = {}): SubscribedMember {
  return { id, topics, owned: [], ...rest };
}

/** `t0 t1` of each member, sorted by member, for short expectations. */
export function show(assignment: GroupAssignment): Record<string, string> {
  const line = (partitions: readonly AssignedPartition[]): string =>
    partitions.map(({ topic: name, partition }) => `${name}${partition}`).join(' ');
  return Object.fromEntries([...assignment].sort().map(([id, partitions]) => [id, line(partitions)]));
}

/** The members as they are after they took up an assignment. */
export function adopt(members: readonly SubscribedMember[], assignment: GroupAssignment, generation: number): SubscribedMember[] {
  return members.map((each) => ({ ...each, owned: assignment.get(each.id) ?? [], generation }));
}

/** Partitions that two members got, that nobody got although someone subscribes, or that went to someone not subscribed. */
export function faults(
  topics: readonly TopicLayout[],
  members: readonly SubscribedMember[],
  assignment: GroupAssignment,
): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { id, topics: subscribed } of members) {
    if (!assignment.has(id)) found.push(`${id} has no entry`);
    for (const partition of assignment.get(id) ?? []) {
      if (!subscribed.includes(partition.topic)) found.push(`${id} is not subscribed to ${partition.topic}`);
      if (seen.has(partitionKey(partition))) found.push(`${partitionKey(partition)} twice`);
      seen.add(partitionKey(partition));
    }
  }
  for (const { name, partitions } of topics) {
    if (!members.some((each) => each.topics.includes(name))) continue;
    for (const { partition } of partitions) {
      if (!seen.has(partitionKey({ topic: name, partition }))) found.push(`${name} ${partition} is unassigned`);
    }
  }
  return found;
}

const names = ['a', 'b', 'c', 'd'];
const racks = ['r1', 'r2', 'r3'];

/** Topics of 0 to 9 partitions, some with racks. */
export const anyTopics: fc.Arbitrary<TopicLayout[]> = fc
  .record({
    counts: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: names.length }),
    racks: fc.array(fc.subarray(racks), { minLength: 1, maxLength: 3 }),
  })
  .map((world) => world.counts.map((count, index) => topic(names[index] ?? '', count, world.racks)));

/** Members with any subscriptions, static or not, in racks or not, claiming to own anything of some generation. */
export const anyMembers: fc.Arbitrary<SubscribedMember[]> = fc.uniqueArray(
  fc.record(
    {
      id: fc.integer({ min: 0, max: 30 }).map((number) => `m${number}`),
      topics: fc.subarray(names),
      owned: fc.uniqueArray(fc.record({ topic: fc.constantFrom(...names), partition: fc.nat(9) }), { selector: partitionKey }),
      generation: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      instanceId: fc.option(fc.string({ minLength: 1, maxLength: 3 }), { nil: undefined }),
      rack: fc.option(fc.constantFrom(...racks), { nil: undefined }),
    },
    { requiredKeys: ['id', 'topics', 'owned'] },
  ),
  { selector: ({ id }) => id, minLength: 1, maxLength: 7 },
);

/** The same members, all subscribed to everything. */
export const likeMembers: fc.Arbitrary<SubscribedMember[]> = anyMembers.map((members) =>
  members.map((each) => ({ ...each, topics: names })),
);
