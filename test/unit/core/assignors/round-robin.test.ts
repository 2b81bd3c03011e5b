import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundRobin } from '../../../../src/core/assignors/round-robin.js';
import { anyMembers, anyTopics, faults, likeMembers, member, show, topic } from './group-world.js';

test('every subscribed partition goes to exactly one subscriber, whatever the group looks like', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      expect(faults(topics, members, roundRobin.assign(topics, members))).toEqual([]);
    }),
  );
});

test('members with equal subscriptions differ by one partition at most', () => {
  fc.assert(
    fc.property(anyTopics, likeMembers, (topics, members) => {
      const sizes = [...roundRobin.assign(topics, members).values()].map((partitions) => partitions.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('partitions are dealt in the order of topic and number, and pass over members not subscribed', () => {
  const members = [member('m1', ['a', 'b']), member('m2', ['b']), member('m3', ['a', 'b'])];
  expect(show(roundRobin.assign([topic('b', 3), topic('a', 3)], members))).toEqual({ m1: 'a0 a2 b2', m2: 'b0', m3: 'a1 b1' });
});
