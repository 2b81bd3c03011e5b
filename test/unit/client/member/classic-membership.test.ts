import { expect, test } from 'vitest';
import { decodeMember, decodeMemberAssignment } from '../../../../src/client/member/subscription-codec.js';
import { errorCode } from '../../../../src/protocol/errors.js';
import { Heartbeat } from '../../../../src/protocol/messages/heartbeat.js';
import { JoinGroup } from '../../../../src/protocol/messages/join-group.js';
import { LeaveGroup } from '../../../../src/protocol/messages/leave-group.js';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.js';
import { SyncGroup } from '../../../../src/protocol/messages/sync-group.js';
import { FakeLog } from '../fetcher/fake-log.js';
import { FakeGroup } from './fake-group.js';
import { settle } from './manual-pace.js';

function partitions(...numbers: number[]) {
  return numbers.map((partition) => ({ topic: 't', partition }));
}

test('a new member joins twice, the second time with the id it was given, and reads from the committed offset', async () => {
  const group = new FakeGroup(1);
  group.trouble.set('JoinGroup', [errorCode.MEMBER_ID_REQUIRED]);
  group.given = [0];
  group.commits.set('t-0', 42n);
  const member = group.open();
  const chunk = await member.next();
  expect(chunk).toMatchObject({ topic: 't', partition: 0, start: 42n });
  expect(group.bodies(JoinGroup).map(({ memberId }) => memberId)).toEqual(['', 'm1']);
  expect(group.kinds()).toEqual(['joining', 'assigned']);
  await member.close();
});

test('the leader divides the partitions by the assignor that the group chose', async () => {
  const group = new FakeGroup(3);
  Object.assign(group, { isLeader: true, protocolName: 'cooperative-sticky' });
  const member = group.open();
  await member.next();
  const [sync] = group.bodies(SyncGroup);
  expect(sync?.assignments.map(({ assignment }) => decodeMemberAssignment(assignment))).toEqual([partitions(0, 1, 2)]);
  expect(group.bodies(JoinGroup)[0]?.protocols.map(({ name }) => name)).toEqual(['range', 'cooperative-sticky']);
  await member.close();
});

test('before an eager member joins again it gives everything up, but only once its caller has come back', async () => {
  const group = new FakeGroup(2);
  group.given = [0, 1];
  const member = group.open({
    onRevoke: async (given) => {
      expect(given).toEqual(partitions(0, 1));
      await member.commit(member.positions(given));
    },
  });
  await member.next();
  await member.next();
  group.sent();
  group.given = [0];
  group.trouble.set('Heartbeat', [errorCode.REBALANCE_IN_PROGRESS]);
  await group.pace.advance(10_000);
  // The caller is busy: heartbeats go on, nothing else happens.
  expect(group.bodies(Heartbeat).length).toBeGreaterThan(2);
  expect(group.sent()).toEqual([]);
  void member.next();
  await settle();
  expect(group.sent()).toEqual(['OffsetCommit', 'JoinGroup', 'SyncGroup', 'OffsetFetch']);
  expect([...group.commits]).toEqual([
    ['t-0', 100n],
    ['t-1', 100n],
  ]);
  expect(group.kinds()).toEqual(['joining', 'assigned', 'joining', 'revoked', 'assigned']);
  await member.close();
});

test('a cooperative member keeps what the new plan leaves it, gives up the rest, and joins again', async () => {
  const group = new FakeGroup(3);
  group.protocolName = 'cooperative-sticky';
  group.given = [0, 1, 2];
  const revoked: unknown[] = [];
  const member = group.open({ assignors: ['cooperative-sticky'], onRevoke: (given) => Promise.resolve(void revoked.push(given)) });
  for (let count = 0; count < 3; count++) await member.next();
  group.sent();
  group.given = [0, 2];
  group.trouble.set('Heartbeat', [errorCode.REBALANCE_IN_PROGRESS]);
  void member.next();
  await group.pace.advance(4000);
  expect(revoked).toEqual([partitions(1)]);
  const joins = group.bodies(JoinGroup).map(({ protocols: [protocol] }) => {
    const metadata = protocol?.metadata ?? Buffer.alloc(0);
    return decodeMember('cooperative-sticky', { memberId: 'm', groupInstanceId: null, metadata });
  });
  expect(joins).toMatchObject([
    { owned: partitions(0, 1, 2), generation: 1 },
    { owned: partitions(0, 2), generation: 2 },
  ]);
  expect(group.sent()).toEqual(['JoinGroup', 'SyncGroup', 'JoinGroup', 'SyncGroup']);
  expect(member.positions().map(({ partition }) => partition)).toEqual([0, 2]);
  await member.close();
});

test('a member that the group forgot stops reading at once, and joins as a new one', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open();
  await member.next();
  const positions = member.positions();
  group.sent();
  group.trouble.set('Heartbeat', [errorCode.UNKNOWN_MEMBER_ID]);
  group.trouble.set('JoinGroup', [errorCode.COORDINATOR_LOAD_IN_PROGRESS]);
  await group.pace.advance(3000);
  expect(group.events.at(-3)).toMatchObject({ kind: 'lost', partitions: partitions(0) });
  // Whoever owns the partition now commits for it.
  expect(await member.commit(positions)).toMatchObject(partitions(0));
  expect(group.bodies(OffsetCommit)).toEqual([]);
  expect(group.bodies(JoinGroup)[0]?.memberId).toBe('');
  await group.pace.advance(1000);
  expect(group.kinds().at(-1)).toBe('assigned');
  await member.close();
});

test('a commit while the group rebalances is sent again until it is taken', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open();
  await member.next();
  group.trouble.set('OffsetCommit', [errorCode.REBALANCE_IN_PROGRESS, errorCode.REBALANCE_IN_PROGRESS]);
  const committed = member.commit(member.positions());
  await group.pace.advance(1000);
  expect(await committed).toEqual([]);
  expect(group.commits.get('t-0')).toBe(100n);
  await member.close();
});

test('a commit that the coordinator refuses for good is an error', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open();
  await member.next();
  group.trouble.set('OffsetCommit', [errorCode.GROUP_AUTHORIZATION_FAILED]);
  await expect(member.commit(member.positions())).rejects.toMatchObject({ code: 'authorization' });
  await member.close();
});

test('an offset of a topic that is gone is not committed for another one of its name', async () => {
  const group = new FakeGroup(2);
  group.given = [0, 1];
  const member = group.open();
  await member.next();
  await member.next();
  const positions = member.positions();
  expect(positions.map(({ topicId }) => topicId)).toEqual([group.topicId, group.topicId]);
  group.brokers.topicIds.set('t', 'b3RoZXJvdGhlcm90aGVyb3');
  const committed = member.commit(positions);
  await group.pace.advance(2000);
  expect(await committed).toMatchObject(partitions(0, 1));
  expect([...group.commits]).toEqual([]);
  await member.close();
});

test('offsets of a topic that is gone and of its successor are committed each for its own', async () => {
  const group = new FakeGroup(2);
  group.given = [0, 1];
  const member = group.open();
  await member.next();
  await member.next();
  const successor = 'b3RoZXJvdGhlcm90aGVyb3';
  group.brokers.topicIds.set('t', successor);
  const positions = member
    .positions()
    .map((place) => (place.partition === 1 ? { ...place, offset: 7n, topicId: successor } : place));
  const committed = member.commit(positions);
  await group.pace.advance(2000);
  expect(await committed).toMatchObject(partitions(0));
  expect([...group.commits]).toEqual([['t-1', 7n]]);
  await member.close();
});

test('a partition that is not there any more is left out of a commit', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open();
  await member.next();
  group.trouble.set('OffsetCommit', Array<number>(20).fill(errorCode.UNKNOWN_TOPIC_OR_PARTITION));
  const committed = member.commit(member.positions());
  await group.pace.advance(2000);
  expect(await committed).toMatchObject(partitions(0));
  await member.close();
});

test('a static member that another one has replaced ends with an error', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open({ groupInstanceId: 'one' });
  await member.next();
  const next = member.next();
  group.trouble.set('Heartbeat', [errorCode.FENCED_INSTANCE_ID]);
  await Promise.all([
    group.pace.advance(3000),
    expect(next).rejects.toMatchObject({ code: 'broker', kafkaName: 'FENCED_INSTANCE_ID' }),
  ]);
  await member.close();
});

test('closing leaves the group, unless the member is static', async () => {
  for (const [options, left] of [
    [{}, 1],
    [{ groupInstanceId: 'one' }, 0],
  ] as const) {
    const group = new FakeGroup(1);
    group.given = [0];
    const member = group.open(options);
    await member.next();
    await member.close();
    expect(group.bodies(LeaveGroup)).toHaveLength(left);
    expect(await member.next()).toBeUndefined();
  }
});

test('a caller that takes too long is out of the group until it comes back', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open({ rebalanceTimeoutMs: 10_000 });
  await member.next();
  group.sent();
  await group.pace.advance(16_000);
  expect(group.sent()).toEqual(['LeaveGroup']);
  expect(group.kinds().at(-1)).toBe('lost');
  void member.next();
  await settle();
  expect(group.sent()).toEqual(['JoinGroup', 'SyncGroup', 'OffsetFetch']);
  await member.close();
});

test('without a commit and without a reset policy there is no place to start', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open({ autoOffsetReset: 'none' });
  await expect(member.next()).rejects.toMatchObject({
    code: 'input',
    message: "group 'g' has no committed offset for partition t-0",
  });
  await member.close();
});

test('the leader has the group rebalance when a topic gets partitions', async () => {
  const group = new FakeGroup(1);
  group.isLeader = true;
  const member = group.open({ metadataRefreshMs: 5000 });
  await member.next();
  group.brokers.add('t', 1, new FakeLog());
  void member.next();
  await group.pace.advance(5000);
  expect(group.events.at(-1)).toMatchObject({ kind: 'assigned', owned: partitions(0, 1) });
  await member.close();
});

test('a pattern subscribes to the topics whose whole name matches, as they come', async () => {
  const group = new FakeGroup(1);
  group.isLeader = true;
  const member = group.open({ topics: undefined, pattern: /t|oth/, metadataRefreshMs: 5000 });
  await member.next();
  const joins = group.bodies(JoinGroup).map(({ protocols: [protocol] }) => {
    const metadata = protocol?.metadata ?? Buffer.alloc(0);
    return decodeMember('range', { memberId: 'm', groupInstanceId: null, metadata }).topics;
  });
  expect(joins).toEqual([['t']]);
  await member.close();
});

test('an assignment of topics that are not subscribed is not taken up', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open({ topics: ['other'] });
  await group.pace.advance(150);
  expect(group.kinds()).toEqual(['joining', 'joining']);
  expect(member.positions()).toEqual([]);
  await member.close();
});

test('a commit that crosses a join is sent again with the new generation, and nothing is taken for lost', async () => {
  const group = new FakeGroup(1);
  Object.assign(group, { given: [0], protocolName: 'cooperative-sticky' });
  const member = group.open({ assignors: ['cooperative-sticky'] });
  await member.next();
  let answerJoin = (): void => {};
  const join = group.brokers.handlers.get('JoinGroup');
  group.brokers.handlers.set('JoinGroup', async (body: never) => {
    await new Promise<void>((resolve) => (answerJoin = resolve));
    return join?.(body);
  });
  group.trouble.set('Heartbeat', [errorCode.REBALANCE_IN_PROGRESS]);
  await group.pace.advance(3000);
  group.trouble.set('OffsetCommit', [errorCode.ILLEGAL_GENERATION]);
  const committed = member.commit(member.positions());
  await settle();
  answerJoin();
  await group.pace.advance(200);
  expect(await committed).toEqual([]);
  expect(group.bodies(OffsetCommit).map(({ generationIdOrMemberEpoch }) => generationIdOrMemberEpoch)).toEqual([1, 2]);
  expect(group.kinds()).toEqual(['joining', 'assigned', 'joining', 'assigned']);
  await member.close();
});

test('rebalances without end leave nothing behind on the signal that they listen to', async () => {
  const group = new FakeGroup(1);
  group.given = [0];
  const member = group.open();
  await member.next();
  const warnings: Error[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  process.on('warning', listen);
  for (let round = 0; round < 15; round++) {
    group.trouble.set('Heartbeat', [errorCode.REBALANCE_IN_PROGRESS]);
    await group.pace.advance(3000);
    void member.next();
    await settle();
  }
  process.off('warning', listen);
  expect(group.bodies(JoinGroup)).toHaveLength(16);
  expect(warnings).toEqual([]);
  await member.close();
});
