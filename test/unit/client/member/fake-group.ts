import type { MemberEvent, MemberOptions } from '../../../../src/client/member/member-options.js';
import { type Member, openMember } from '../../../../src/client/member/member.js';
import { encodeMemberAssignment } from '../../../../src/client/member/subscription-codec.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../../../src/protocol/message.js';
import { Heartbeat } from '../../../../src/protocol/messages/heartbeat.js';
import { JoinGroup } from '../../../../src/protocol/messages/join-group.js';
import { LeaveGroup } from '../../../../src/protocol/messages/leave-group.js';
import { Metadata } from '../../../../src/protocol/messages/metadata.js';
import { OffsetCommit } from '../../../../src/protocol/messages/offset-commit.js';
import { OffsetFetch } from '../../../../src/protocol/messages/offset-fetch.js';
import { SyncGroup } from '../../../../src/protocol/messages/sync-group.js';
import { errorCode as codes } from '../../../../src/protocol/errors.js';
import { zeroUuid } from '../../../../src/protocol/primitives.js';
import { FakeBrokers } from '../fetcher/fake-brokers.js';
import { FakeLog } from '../fetcher/fake-log.js';
import { ManualPace } from './manual-pace.js';

/** A cluster with one topic `t` of some partitions and a coordinator that does what the test tells it to. */
export class FakeGroup {
  readonly brokers = new FakeBrokers();
  readonly pace = new ManualPace();
  readonly events: MemberEvent[] = [];
  /** Names of group messages in order, and with them their bodies. */
  readonly calls: { readonly name: string; readonly body: unknown }[] = [];
  readonly commits = new Map<string, bigint>();
  /** Of `t`, at first. */
  readonly topicId = 'dHR0dHR0dHR0dHR0dHR0dA';
  /** The partitions of `t` that the coordinator gives to this member at the next sync. */
  given: readonly number[] = [];
  generation = 0;
  protocolName = 'range';
  /** Error codes of the next answers, by message name; then all is well again. */
  readonly trouble = new Map<string, number[]>();
  isLeader = false;

  constructor(partitions: number) {
    for (let partition = 0; partition < partitions; partition++) this.brokers.add('t', partition, new FakeLog().fill(100));
    this.brokers.topicIds.set('t', this.topicId);
    // A held request is answered never: the tests have no new records.
    this.brokers.hold = () => new Promise(() => {});
    this.answerClassic();
    this.answerOffsets();
    this.record(Metadata, (body) => ({
      throttleTimeMs: 0,
      brokers: [],
      clusterId: null,
      controllerId: 1,
      topics: (body.topics ?? [{ name: 't' }, { name: 'other' }]).map(({ name }) => this.metadataOf(name ?? '')),
      clusterAuthorizedOperations: 0,
      errorCode: 0,
    }));
  }

  open(options: Partial<MemberOptions> = {}): Member {
    const onEvent = (event: MemberEvent): void => void this.events.push(event);
    const common = { groupId: 'g', topics: ['t'], autoOffsetReset: 'earliest', metadataRefreshMs: 60_000 } as const;
    return openMember(this.brokers, { ...common, pace: this.pace, onEvent, ...options });
  }

  /** Answers a message with `answer`, unless there is trouble to be had; keeps the call. */
  record<M extends AnyMessage>(message: M, answer: (body: RequestBody<M>, code: number) => ResponseBody<M>): void {
    this.brokers.on(message, (body) => {
      if (message !== (Metadata as AnyMessage)) this.calls.push({ name: message.name, body });
      return answer(body, this.trouble.get(message.name)?.shift() ?? 0);
    });
  }

  /** The bodies of every call of one message. */
  bodies<M extends AnyMessage>(message: M): RequestBody<M>[] {
    return this.calls.filter(({ name }) => name === message.name).map(({ body }) => body as RequestBody<M>); // same message
  }

  /** Message names since the last call of this, heartbeats left out. */
  sent(): string[] {
    return this.calls.splice(0).flatMap(({ name }) => (name === 'Heartbeat' ? [] : [name]));
  }

  kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }

  private metadataOf(name: string): ResponseBody<typeof Metadata>['topics'][number] {
    const { id = 'AAAAAAAAAAAAAAAAAAAAAA', errorCode, partitions } = this.brokers.describe(name);
    return {
      errorCode,
      name,
      topicId: id,
      isInternal: false,
      partitions: partitions.map(({ partition, leader = -1 }) => ({
        errorCode: 0,
        partitionIndex: partition,
        leaderId: leader,
        leaderEpoch: 0,
        replicaNodes: [],
        isrNodes: [],
        offlineReplicas: [],
      })),
      topicAuthorizedOperations: 0,
    };
  }

  private answerClassic(): void {
    this.record(JoinGroup, (body, errorCode) => {
      if (errorCode === 0) this.generation++;
      const memberId = body.memberId === '' ? `m${this.calls.length}` : body.memberId;
      const own = body.protocols.find(({ name }) => name === this.protocolName)?.metadata ?? Buffer.alloc(0);
      const members = this.isLeader ? [{ memberId, groupInstanceId: null, metadata: Buffer.from(own) }] : [];
      const { generation: generationId, protocolName } = this;
      const leader = this.isLeader ? memberId : 'somebody';
      const rest = { protocolType: 'consumer', skipAssignment: false, members };
      return { throttleTimeMs: 0, errorCode, generationId, protocolName, leader, memberId, ...rest };
    });
    this.record(SyncGroup, (body, errorCode) => {
      const planned = body.assignments.find(({ memberId }) => memberId === body.memberId)?.assignment;
      const given = encodeMemberAssignment(this.given.map((partition) => ({ topic: 't', partition })));
      const assignment = planned === undefined ? given : Buffer.from(planned);
      return { throttleTimeMs: 0, errorCode, protocolType: 'consumer', protocolName: this.protocolName, assignment };
    });
    this.record(Heartbeat, (_body, errorCode) => ({ throttleTimeMs: 0, errorCode }));
    this.record(LeaveGroup, (_body, errorCode) => ({ throttleTimeMs: 0, errorCode, members: [] }));
  }

  private answerOffsets(): void {
    this.record(OffsetFetch, (body) => ({
      throttleTimeMs: 0,
      topics: [],
      errorCode: 0,
      groups: (body.groups ?? []).map(({ groupId, topics }) => ({
        groupId,
        errorCode: 0,
        topics: (topics ?? []).map(({ name, partitionIndexes }) => ({
          name,
          partitions: partitionIndexes.map((partitionIndex) => ({
            partitionIndex,
            committedOffset: this.commits.get(`${name}-${partitionIndex}`) ?? -1n,
            committedLeaderEpoch: -1,
            metadata: '',
            errorCode: 0,
          })),
        })),
      })),
    }));
    this.record(OffsetCommit, (body, errorCode) => ({
      throttleTimeMs: 0,
      topics: body.topics.map(({ name = '', topicId = zeroUuid, partitions }) => ({
        // A coordinator answers as it was asked: by the id where there is one.
        name: topicId === zeroUuid ? name : '',
        topicId,
        partitions: partitions.map(({ partitionIndex, committedOffset }) => {
          const isKnown = topicId === zeroUuid || topicId === this.brokers.topicIds.get(name);
          if (!isKnown) return { partitionIndex, errorCode: codes.UNKNOWN_TOPIC_ID };
          if (errorCode === 0) this.commits.set(`${name}-${partitionIndex}`, committedOffset);
          return { partitionIndex, errorCode };
        }),
      })),
    }));
  }
}
