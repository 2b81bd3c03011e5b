import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeMember,
  decodeMemberAssignment,
  encodeMemberAssignment,
  encodeOwnSubscription,
  type OwnSubscription,
} from '../../../../src/client/member/subscription-codec.js';
import { type AssignorName, assignorNames, comparePartitions, partitionKey } from '../../../../src/core/assignors/assignor.js';

const owned = [
  { topic: 'orders', partition: 0 },
  { topic: 'orders', partition: 2 },
  { topic: 'pay', partition: 1 },
];
const first: OwnSubscription = {
  topics: ['pay', 'orders'],
  owned: [],
  previous: undefined,
  previousGeneration: -1,
  generation: -1,
  rack: null,
};
const later: OwnSubscription = { ...first, owned, previous: owned, previousGeneration: 7, generation: 7, rack: 'r1' };

const topics = '0003' + '00000002' + '00066f7264657273' + '0003706179';
const ownedBytes = '00000002' + '00066f7264657273' + '00000002' + '00000000' + '00000002' + '0003706179' + '00000001' + '00000001';
const javaFirst = `${topics}ffffffff00000000ffffffffffff`;
const javaLater = `${topics}ffffffff${ownedBytes}0000000700027231`;

// Recorded from the assignors of Kafka's Java client 4.3.
describe('a subscription has the bytes that Java sends', () => {
  const cases: [AssignorName, OwnSubscription, string][] = [
    ['range', first, javaFirst],
    ['range', later, javaLater],
    ['roundrobin', first, javaFirst],
    ['roundrobin', later, javaLater],
    ['sticky', first, javaFirst],
    ['cooperative-sticky', first, `${topics}00000004ffffffff00000000ffffffffffff`],
    ['cooperative-sticky', later, `${topics}0000000400000007${ownedBytes}0000000700027231`],
  ];
  for (const [name, own, bytes] of cases) {
    test(`${name}, ${own === first ? 'before' : 'after'} its first assignment`, () => {
      expect(encodeOwnSubscription(name, own).toString('hex')).toBe(bytes);
    });
  }
});

test('an assignment has the bytes that Java sends', () => {
  expect(encodeMemberAssignment(owned).toString('hex')).toBe(`0003${ownedBytes}ffffffff`);
});

test("the previous assignment is read from Java's user data of the sticky assignor, whatever order its topics have", () => {
  const userData = '00000002' + '0003706179' + '00000001' + '00000001' + '00066f7264657273' + '00000002' + '00000000' + '00000002';
  const metadata = Buffer.from(`${topics}00000029${userData}0000000700000000ffffffffffff`, 'hex');
  const member = decodeMember('sticky', { memberId: 'm', groupInstanceId: null, metadata });
  expect({ ...member, owned: [...member.owned].sort(comparePartitions) }).toMatchObject({ owned, generation: 7, rack: undefined });
});

test('the older user data of the sticky assignor has no generation', () => {
  const userData = '00000001' + '0003706179' + '00000001' + '00000001';
  const metadata = Buffer.from(`000000000001000370617900000011${userData}`, 'hex');
  expect(decodeMember('sticky', { memberId: 'm', groupInstanceId: null, metadata })).toMatchObject({
    owned: [{ topic: 'pay', partition: 1 }],
    generation: undefined,
  });
});

test('user data of somebody else makes a member new, not an error', () => {
  const metadata = Buffer.from(`${topics}00000003ffffff00000000ffffffffffff`, 'hex');
  for (const name of assignorNames) {
    expect(decodeMember(name, { memberId: 'm', groupInstanceId: null, metadata })).toMatchObject({
      owned: [],
      generation: undefined,
    });
  }
});

test('what a member says of itself is what the leader hears, with every assignor', () => {
  const partition = fc.record({ topic: fc.constantFrom('orders', 'pay', 'x'), partition: fc.nat(20) });
  const partitions = fc.uniqueArray(partition, { selector: partitionKey }).map((list) => list.sort(comparePartitions));
  fc.assert(
    fc.property(fc.constantFrom(...assignorNames), partitions, fc.nat(1000), (name, mine, generation) => {
      const own = { ...later, owned: mine, previous: mine, generation, previousGeneration: generation };
      const metadata = encodeOwnSubscription(name, own);
      const heard = decodeMember(name, { memberId: 'm', groupInstanceId: 'i', metadata });
      expect(heard).toEqual({ id: 'm', instanceId: 'i', topics: ['orders', 'pay'], owned: mine, generation, rack: 'r1' });
      expect(decodeMemberAssignment(encodeMemberAssignment(mine))).toEqual(mine);
    }),
  );
});
