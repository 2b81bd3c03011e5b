import fc from 'fast-check';
import { expect, test } from 'vitest';
import { range } from '../../../../src/core/assignors/range.js';
import { anyMembers, anyTopics, faults, member, show, topic } from './group-world.js';

test('every subscribed partition goes to exactly one subscriber, whatever the group looks like', () => {
  fc.assert(
    fc.property(anyTopics, anyMembers, (topics, members) => {
      expect(faults(topics, members, range.assign(topics, members))).toEqual([]);
    }),
  );
});

test('each topic is cut on its own, and the first members get the odd partitions', () => {
  const assigned = range.assign([topic('a', 3), topic('b', 3)], [member('m1', ['a', 'b']), member('m2', ['a', 'b'])]);
  expect(show(assigned)).toEqual({ m1: 'a0 a1 b0 b1', m2: 'a2 b2' });
});

test('static members are served before others, in the order of their instance ids', () => {
  const members = [member('m1', ['a']), member('m3', ['a'], { instanceId: 'x' }), member('m2', ['a'], { instanceId: 'y' })];
  expect(show(range.assign([topic('a', 4)], members))).toEqual({ m1: 'a3', m2: 'a2', m3: 'a0 a1' });
});

test('a member gets partitions with a replica in its rack where the counts allow it', () => {
  const members = [member('m1', ['a'], { rack: 'r2' }), member('m2', ['a'], { rack: 'r1' })];
  expect(show(range.assign([topic('a', 4, [['r1'], ['r2']])], members))).toEqual({ m1: 'a1 a3', m2: 'a0 a2' });
});

test('racks are ignored when every partition has a replica in every rack', () => {
  const members = [member('m1', ['a'], { rack: 'r2' }), member('m2', ['a'], { rack: 'r1' })];
  expect(show(range.assign([topic('a', 4, [['r1', 'r2']])], members))).toEqual({ m1: 'a0 a1', m2: 'a2 a3' });
});

test('topics of equal size and members keep equal numbers together in one rack-matching member', () => {
  const racks = [['r1'], ['r2']];
  const members = [member('m1', ['a', 'b'], { rack: 'r2' }), member('m2', ['a', 'b'], { rack: 'r1' })];
  expect(show(range.assign([topic('a', 2, racks), topic('b', 2, racks)], members))).toEqual({ m1: 'a1 b1', m2: 'a0 b0' });
});
