import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionKey } from '../../../../src/core/assignors/assignor.js';
import { cooperativeSticky } from '../../../../src/core/assignors/cooperative-sticky.js';
import { findAssignor } from '../../../../src/core/assignors/find-assignor.js';
import { adopt, anyMembers, anyTopics, faults, member, show, topic } from './group-world.js';

test('no member is given a partition that another one still owns', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      for (const [id, partitions] of cooperativeSticky.assign(topics, members)) {
        const isMine = new Set(members.find((each) => each.id === id)?.owned.map(partitionKey));
        const others = new Set(members.filter((each) => each.id !== id).flatMap(({ owned }) => owned.map(partitionKey)));
        const stolen = partitions.map(partitionKey).filter((key) => others.has(key) && !isMine.has(key));
        expect(stolen).toEqual([]);
      }
    }),
  );
});

test('members that follow their plans settle after a few of them, with everything handed out and nothing moving any more', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      let current = members;
      // One plan takes away, the next hands out; where members subscribe to different topics a third may still even out.
      for (let generation = 7; generation < 10; generation++)
        current = adopt(current, cooperativeSticky.assign(topics, current), generation);
      const settled = cooperativeSticky.assign(topics, current);
      expect(faults(topics, members, settled)).toEqual([]);
      expect(show(cooperativeSticky.assign(topics, adopt(current, settled, 10)))).toEqual(show(settled));
    }),
  );
});

test('a partition on its way to a new member is in nobody hands for one plan', () => {
  const owned = [0, 1].map((partition) => ({ topic: 'a', partition }));
  const members = [member('m1', ['a'], { owned, generation: 1 }), member('m2', ['a'])];
  const first = cooperativeSticky.assign([topic('a', 2)], members);
  expect(show(first)).toEqual({ m1: 'a0', m2: '' });
  expect(show(cooperativeSticky.assign([topic('a', 2)], adopt(members, first, 2)))).toEqual({ m1: 'a0', m2: 'a1' });
});

test('assignors are found by the names that Kafka gives them, and no others', () => {
  const found = ['range', 'roundrobin', 'sticky', 'cooperative-sticky', 'toString', 'uniform'].map(
    (name) => findAssignor(name)?.name,
  );
  expect(found).toEqual(['range', 'roundrobin', 'sticky', 'cooperative-sticky', undefined, undefined]);
});
