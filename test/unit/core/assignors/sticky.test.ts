import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GroupAssignment, SubscribedMember } from '../../../../src/core/assignors/assignor.js';
import { sticky } from '../../../../src/core/assignors/sticky.js';
import { adopt, anyMembers, anyTopics, faults, likeMembers, member, show, topic } from './group-world.js';

/** Whether some partition could move to a subscriber that has at least two fewer. */
function canImprove(members: readonly SubscribedMember[], assignment: GroupAssignment): boolean {
  const size = (id: string): number => assignment.get(id)?.length ?? 0;
  return members.some((giver) =>
    (assignment.get(giver.id) ?? []).some(({ topic: name }) =>
      members.some((taker) => taker.topics.includes(name) && size(taker.id) + 1 < size(giver.id)),
    ),
  );
}

test('every subscribed partition goes to exactly one subscriber, whatever the members claim to own', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      expect(faults(topics, members, sticky.assign(topics, members))).toEqual([]);
    }),
  );
});

test('no partition can move to a subscriber with at least two fewer', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      expect(canImprove(members, sticky.assign(topics, members))).toBe(false);
    }),
  );
});

test('nothing moves when nothing changed', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      const first = sticky.assign(topics, members);
      expect(show(sticky.assign(topics, adopt(members, first, 5)))).toEqual(show(first));
    }),
  );
});

test('when a member leaves, the others keep all they had', () => {
  fc.assert(
    fc.property(anyTopics, likeMembers, (topics, members) => {
      const before = sticky.assign(topics, members);
      const rest = adopt(members, before, 5).slice(1);
      const after = show(sticky.assign(topics, rest));
      for (const { id, owned } of rest) {
        for (const { topic: name, partition } of owned) expect(after[id]?.split(' ')).toContain(`${name}${partition}`);
      }
    }),
  );
});

test('a new member takes only its even share from the others', () => {
  const owned = (...numbers: number[]) => numbers.map((partition) => ({ topic: 'a', partition }));
  const members = [
    member('m1', ['a'], { owned: owned(0, 2, 4), generation: 1 }),
    member('m2', ['a'], { owned: owned(1, 3, 5), generation: 1 }),
    member('m3', ['a']),
  ];
  expect(show(sticky.assign([topic('a', 6)], members))).toEqual({ m1: 'a0 a2', m2: 'a1 a3', m3: 'a4 a5' });
});

test('a partition that two members claim goes to the claim of the newer generation', () => {
  const owned = [{ topic: 'a', partition: 0 }];
  const members = [member('m1', ['a'], { owned, generation: 2 }), member('m2', ['a'], { owned, generation: 1 })];
  expect(show(sticky.assign([topic('a', 2)], members))).toEqual({ m1: 'a0', m2: 'a1' });
});

test('a chain of members passes partitions on where no direct move evens the counts out', () => {
  const own = (name: string, count: number) => Array.from({ length: count }, (_, partition) => ({ topic: name, partition }));
  const members = [
    member('m1', ['a', 'b'], { owned: own('b', 4), generation: 1 }),
    member('m2', ['b', 'c'], { owned: own('c', 3), generation: 1 }),
    member('m3', ['c'], { owned: [], generation: 1 }),
  ];
  const sizes = [...sticky.assign([topic('b', 4), topic('c', 3)], members).values()].map((partitions) => partitions.length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});
