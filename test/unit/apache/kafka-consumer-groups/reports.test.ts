import { expect, test } from 'vitest';
import { formatAssignment, printMembers } from '../../../../src/apache/kafka-consumer-groups/members-report.js';
import { printOffsets } from '../../../../src/apache/kafka-consumer-groups/offsets-report.js';
import { printState } from '../../../../src/apache/kafka-consumer-groups/state-report.js';
import type { GroupDescription, GroupMember } from '../../../../src/client/groups/describe-groups.js';
import { fakeRun } from './fake-run.js';

const member: GroupMember = {
  memberId: 'm1',
  instanceId: null,
  clientId: 'c1',
  host: '/127.0.0.1',
  assignment: [{ topic: 'orders', partition: 0 }],
  targetAssignment: [],
  epoch: 3,
  speaks: 'consumer',
};
const group: GroupDescription = {
  groupId: 'billing',
  type: 'consumer',
  state: 'Stable',
  protocolType: 'consumer',
  assignor: 'uniform',
  members: [member, { ...member, memberId: 'm2', speaks: 'classic' }],
  epoch: 4,
  assignmentEpoch: 4,
};
const titlesOf = (text: string): string[] => text.trim().split('\n')[0]?.trim().split(/ {1,}/) ?? [];

test('an assignment lists topics and numbers in order', () => {
  const places = [
    ['b', 2],
    ['a', 10],
    ['a', 9],
  ] as const;
  expect(formatAssignment(places.map(([topic, partition]) => ({ topic, partition })))).toBe('a:9,10;b:2');
  expect(formatAssignment([])).toBe('-');
});

test('UPGRADED is shown only in a group that members of both protocols share', () => {
  const mixed = fakeRun([]);
  printMembers(mixed, group, true);
  expect(titlesOf(mixed.stdout).at(-1)).toBe('UPGRADED');
  expect(mixed.stdout).toMatch(/m1 .* true\n.*m2 .* false\n$/);
  const pure = fakeRun([]);
  printMembers(pure, { ...group, members: [member] }, true);
  expect(titlesOf(pure.stdout).at(-1)).toBe('TARGET-ASSIGNMENT');
});

test('the header of members stands there for a group that does not exist any more', () => {
  const run = fakeRun([]);
  printMembers(run, { ...group, state: 'Dead', members: [] }, false);
  expect(run.stdout).toBe(
    "\nError: Consumer group 'billing' does not exist.\n\n" +
      'GROUP           CONSUMER-ID     HOST            CLIENT-ID       #PARTITIONS     \n',
  );
});

test('a lag below zero is shown as it is, and a missing end as nothing', () => {
  const run = fakeRun([]);
  const committed = { topic: 'orders', partition: 0, offset: 7n, leaderEpoch: 2, metadata: '' };
  const row = { topic: 'orders', partition: 0, committed, end: 5n, member: undefined };
  printOffsets(run, group, { rows: [row, { ...row, partition: 1, end: undefined }], isVerbose: true });
  const [, first = '', second = ''] = run.stdout.trim().split('\n');
  expect(first.trim().split(/ +/)).toEqual(['billing', 'orders', '0', '2', '7', '5', '-2', '-', '-', '-']);
  expect(second.trim().split(/ +/)).toEqual(['billing', 'orders', '1', '2', '7', '-', '-', '-', '-', '-']);
});

test('a state that consumer groups do not have fails', () => {
  expect(() => {
    printState(fakeRun([]), { ...group, state: 'NotReady' }, { coordinator: undefined, isVerbose: false });
  }).toThrow("Expected a valid consumer group state, but found 'NotReady'.");
});
