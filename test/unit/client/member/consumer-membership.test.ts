import { expect, test } from 'vitest';
import type { MemberOptions } from '../../../../src/client/member/member-options.js';
import { errorCode } from '../../../../src/protocol/errors.js';
import type { RequestBody } from '../../../../src/protocol/message.js';
import { ConsumerGroupHeartbeat } from '../../../../src/protocol/messages/consumer-group-heartbeat.js';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.js';
import { FakeGroup } from './fake-group.js';
import { settle } from './manual-pace.js';

type Beat = RequestBody<typeof ConsumerGroupHeartbeat>;

const topicId = 'dHR0dHR0dHR0dHR0dHR0dA';

/** A coordinator of KIP-848 with one member: the target is what the test says, the epoch grows with it. */
class NewGroup extends FakeGroup {
  private target: readonly number[] | undefined;
  private epoch = 1;

  constructor(partitions: number) {
    super(partitions);
    this.record(ConsumerGroupHeartbeat, (body, code) => {
      const isSaid = this.target === undefined || code !== 0;
      const assignment = isSaid ? null : { topicPartitions: [{ topicId, partitions: this.target ?? [] }] };
      if (!isSaid) this.target = undefined;
      return {
        throttleTimeMs: 0,
        errorCode: code,
        errorMessage: null,
        memberId: body.memberId,
        memberEpoch: this.epoch,
        heartbeatIntervalMs: 5000,
        assignment,
      };
    });
  }

  aim(...target: number[]): void {
    this.target = target;
    this.epoch++;
  }

  beats(): Beat[] {
    return this.bodies(ConsumerGroupHeartbeat);
  }

  join(options: Partial<MemberOptions> = {}) {
    return this.open({ protocol: 'consumer', ...options });
  }
}

test('a member joins with everything it has to say, takes up its target, and says that it did', async () => {
  const group = new NewGroup(2);
  group.aim(0, 1);
  const member = group.join({ serverAssignor: 'uniform', rack: 'r1' });
  await member.next();
  await settle();
  expect(group.beats()[0]).toMatchObject({
    groupId: 'g',
    memberEpoch: 0,
    subscribedTopicNames: ['t'],
    topicPartitions: [],
    serverAssignor: 'uniform',
    rackId: 'r1',
    rebalanceTimeoutMs: 300_000,
  });
  expect(group.beats()[0]?.memberId).toHaveLength(22);
  expect(group.beats()[1]).toMatchObject({
    memberEpoch: 2,
    subscribedTopicNames: null,
    topicPartitions: [{ topicId, partitions: [0, 1] }],
  });
  await group.pace.advance(5000);
  expect(group.beats()[2]).toMatchObject({ memberEpoch: 2, subscribedTopicNames: null, topicPartitions: null });
  await member.close();
});

test('partitions that are not in the target go once the caller has had its chance to commit', async () => {
  const group = new NewGroup(2);
  group.aim(0, 1);
  const member = group.join({
    onRevoke: async (given) => {
      await member.commit(member.positions(given));
    },
  });
  await member.next();
  await member.next();
  await settle();
  group.aim(0);
  await group.pace.advance(11_000);
  // The caller is busy: heartbeats go on, but say nothing new.
  expect(
    group
      .beats()
      .slice(2)
      .map(({ topicPartitions }) => topicPartitions),
  ).toEqual([null, null]);
  void member.next();
  await settle();
  expect(group.bodies(OffsetCommit)[0]).toMatchObject({
    generationIdOrMemberEpoch: 3,
    topics: [{ partitions: [{ partitionIndex: 1 }] }],
  });
  expect(group.beats().at(-1)).toMatchObject({ topicPartitions: [{ topicId, partitions: [0] }] });
  expect(group.kinds()).toEqual(['joining', 'assigned', 'revoked', 'assigned']);
  await member.close();
});

test('a fenced member stops reading and joins anew under its own id', async () => {
  const group = new NewGroup(1);
  group.aim(0);
  const member = group.join();
  await member.next();
  await settle();
  group.trouble.set('ConsumerGroupHeartbeat', [errorCode.FENCED_MEMBER_EPOCH]);
  group.aim(0);
  await group.pace.advance(5100);
  expect(group.kinds()).toEqual(['joining', 'assigned', 'lost', 'joining', 'assigned']);
  const [first, , , again] = group.beats();
  expect(again).toMatchObject({ memberEpoch: 0, memberId: first?.memberId, topicPartitions: [] });
  await member.close();
});

test('a target that a new coordinator sends again is no new assignment', async () => {
  const group = new NewGroup(2);
  group.aim(0, 1);
  const member = group.join();
  await member.next();
  await settle();
  group.trouble.set('ConsumerGroupHeartbeat', [errorCode.NOT_COORDINATOR]);
  await group.pace.advance(5100);
  group.aim(1, 0);
  await group.pace.advance(5100);
  expect(group.beats().at(-1)).toMatchObject({ memberEpoch: 3 });
  expect(group.kinds()).toEqual(['joining', 'assigned', 'trouble']);
  await member.close();
});

test('an empty target is an assignment once, and a target without some of the partitions is one without additions', async () => {
  const group = new NewGroup(2);
  group.aim();
  const member = group.join();
  void member.next();
  await settle();
  group.aim();
  await group.pace.advance(5100);
  expect(group.kinds()).toEqual(['joining', 'assigned']);
  group.aim(0, 1);
  await group.pace.advance(5100);
  await member.next();
  void member.next();
  group.aim(1);
  await group.pace.advance(5100);
  const assigned = group.events.flatMap((event) =>
    event.kind === 'assigned' ? [event.added.map(({ partition }) => partition)] : [],
  );
  expect(assigned).toEqual([[], [0, 1], []]);
  await member.close();
});

test('a commit with an epoch that has passed is sent again with the new one', async () => {
  const group = new NewGroup(1);
  group.aim(0);
  const member = group.join();
  await member.next();
  await settle();
  group.aim(0);
  group.trouble.set('OffsetCommit', [errorCode.STALE_MEMBER_EPOCH]);
  const committed = member.commit(member.positions());
  await group.pace.advance(1000);
  expect(await committed).toEqual([]);
  expect(group.bodies(OffsetCommit).map(({ generationIdOrMemberEpoch }) => generationIdOrMemberEpoch)).toEqual([2, 3]);
  await member.close();
});

test('after a lost answer everything is said again', async () => {
  const group = new NewGroup(1);
  group.aim(0);
  const member = group.join();
  await member.next();
  await settle();
  group.trouble.set('ConsumerGroupHeartbeat', [errorCode.NOT_COORDINATOR]);
  await group.pace.advance(5200);
  expect(group.beats().at(-1)).toMatchObject({ subscribedTopicNames: ['t'], topicPartitions: [{ topicId, partitions: [0] }] });
  await member.close();
});

test('closing says so: a member for good, a static one for a while', async () => {
  for (const [options, epoch] of [
    [{}, -1],
    [{ groupInstanceId: 'one' }, -2],
  ] as const) {
    const group = new NewGroup(1);
    group.aim(0);
    const member = group.join(options);
    await member.next();
    await member.close();
    expect(group.beats().at(-1)?.memberEpoch).toBe(epoch);
  }
});

test('a caller that takes too long is out of the group until it comes back', async () => {
  const group = new NewGroup(1);
  group.aim(0);
  const member = group.join({ rebalanceTimeoutMs: 8000 });
  await member.next();
  await group.pace.advance(11_000);
  expect(group.beats().at(-1)?.memberEpoch).toBe(-1);
  expect(group.kinds().at(-1)).toBe('lost');
  group.aim(0);
  void member.next();
  await settle();
  expect(group.kinds().at(-1)).toBe('assigned');
  await member.close();
});

test('a refusal for good ends the member with the words of the broker', async () => {
  const group = new NewGroup(1);
  group.trouble.set('ConsumerGroupHeartbeat', [errorCode.UNSUPPORTED_ASSIGNOR]);
  const member = group.join({ serverAssignor: 'none' });
  await expect(member.next()).rejects.toMatchObject({ kafkaName: 'UNSUPPORTED_ASSIGNOR' });
  await member.close();
});
