import type { DirectAccess, RequestOptions } from '../../../src/client/cluster.js';
import { listTopics } from '../../../src/client/metadata.js';
import { errorCode } from '../../../src/protocol/errors.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../../src/protocol/message.js';
import { ConsumerGroupDescribe } from '../../../src/protocol/messages/consumer-group-describe.js';
import { DeleteGroups } from '../../../src/protocol/messages/delete-groups.js';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.js';
import { ListGroups } from '../../../src/protocol/messages/list-groups.js';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.js';
import { OffsetDelete } from '../../../src/protocol/messages/offset-delete.js';
import { OffsetFetch } from '../../../src/protocol/messages/offset-fetch.js';
import { zeroUuid } from '../../../src/protocol/primitives.js';
import { FakeLogs } from './fake-logs.js';
import type { FakeTopic } from './fake-topics.js';

export interface FakeGroup {
  readonly type?: string;
  readonly protocolType?: string;
  readonly state?: string;
  /** Ids of members, on `client-1`. */
  readonly members?: readonly string[];
  /** Offsets by `topic partition`. */
  readonly commits?: Readonly<Record<string, bigint>>;
  /** Its coordinator does not answer. */
  readonly isLost?: boolean;
}

/** Topics and groups; commits and deletions happen as in Kafka, and can be made to fail. */
export class FakeGroups extends FakeLogs {
  readonly groups = new Map<string, FakeGroup>();
  readonly commits = new Map<string, Map<string, { offset: bigint; leaderEpoch: number; metadata: string | null }>>();
  /** Codes that OffsetCommit and OffsetDelete answer with, by `topic partition`. */
  readonly refusals = new Map<string, number>();

  constructor(topics: Readonly<Record<string, FakeTopic>>, groups: Readonly<Record<string, FakeGroup>>) {
    super(topics);
    for (const [groupId, group] of Object.entries(groups)) {
      this.groups.set(groupId, group);
      const commits = Object.entries(group.commits ?? {}).map(([place, offset]) => {
        return [place, { offset, leaderEpoch: 7, metadata: 'note' }] as const;
      });
      this.commits.set(groupId, new Map(commits));
    }
    this.answerGroupReads();
    this.answerGroupChanges();
  }

  /** The offsets a group has committed, by `topic partition`. */
  committed(groupId: string): Record<string, bigint> {
    return Object.fromEntries([...(this.commits.get(groupId) ?? [])].map(([place, { offset }]) => [place, offset]));
  }

  override get direct(): DirectAccess {
    const topics: DirectAccess['topics'] = async () => new Map((await listTopics(this)).map((topic) => [topic.name, topic]));
    // Queries use nothing else of it.
    return { topics } as unknown as DirectAccess;
  }

  /** Answers for the groups whose coordinator is there; the caller says what the others get. */
  override async request<M extends AnyMessage>(
    message: M,
    body: RequestBody<M>,
    options: RequestOptions<M> = {},
  ): Promise<ResponseBody<M>> {
    const lost = this.lostIn(body);
    if (lost && options.unanswered !== undefined) return options.unanswered(body, errorCode.COORDINATOR_NOT_AVAILABLE);
    return super.request(message, body, options);
  }

  private lostIn(body: {
    readonly groupId?: string;
    readonly groups?: readonly { readonly groupId: string }[];
    readonly groupIds?: readonly string[];
  }): boolean {
    const names = body.groupIds ?? body.groups?.map(({ groupId }) => groupId) ?? [body.groupId ?? ''];
    return names.some((groupId) => this.groups.get(groupId)?.isLost === true);
  }

  private answerGroupReads(): void {
    this.answer(ListGroups, (_body, { broker }) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      groups: [...this.groups]
        .filter(([, { isLost }]) => broker === (isLost === true ? 2 : 1))
        .map(([groupId, { type = 'classic', protocolType = 'consumer', state = 'Empty' }]) => ({
          groupId,
          protocolType,
          groupState: state,
          groupType: type,
        })),
    }));
    this.answer(ConsumerGroupDescribe, ({ groupIds }) => ({
      throttleTimeMs: 0,
      groups: groupIds.map((groupId) => ({
        groupId,
        errorCode: errorCode.GROUP_ID_NOT_FOUND,
        errorMessage: null,
        groupState: '',
        groupEpoch: 0,
        assignmentEpoch: 0,
        assignorName: '',
        members: [],
        authorizedOperations: 0,
      })),
    }));
    this.answer(DescribeGroups, ({ groups }) => ({
      throttleTimeMs: 0,
      groups: groups.map((groupId) => {
        const group = this.groups.get(groupId);
        const { state = 'Empty', protocolType = 'consumer', members = [] } = group ?? {};
        return {
          errorCode: group === undefined ? errorCode.GROUP_ID_NOT_FOUND : 0,
          errorMessage: null,
          groupId,
          groupState: members.length > 0 ? 'Stable' : state,
          protocolType,
          protocolData: members.length > 0 ? 'range' : '',
          members: members.map((memberId) => ({
            memberId,
            groupInstanceId: null,
            clientId: 'client-1',
            clientHost: '/10.0.0.1',
            memberMetadata: Buffer.alloc(0),
            memberAssignment: Buffer.alloc(0),
          })),
          authorizedOperations: 0,
        };
      }),
    }));
    this.answer(OffsetFetch, ({ groups = [] }) => ({
      throttleTimeMs: 0,
      topics: [],
      errorCode: 0,
      groups: groups.map(({ groupId, topics }) => ({ groupId, errorCode: 0, topics: this.fetch(groupId, topics) })),
    }));
  }

  private fetch(groupId: string, asked: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null) {
    const commits = this.commits.get(groupId) ?? new Map<string, never>();
    const places =
      asked === null
        ? [...commits.keys()]
        : asked.flatMap(({ name, partitionIndexes }) => partitionIndexes.map((partition) => `${name} ${partition}`));
    return places.map((place) => {
      const [name = '', partition = ''] = place.split(' ');
      const { offset = -1n, leaderEpoch = -1, metadata = '' } = commits.get(place) ?? {};
      const row = { committedOffset: offset, committedLeaderEpoch: leaderEpoch, metadata, errorCode: 0 };
      return { name, partitions: [{ partitionIndex: Number(partition), ...row }] };
    });
  }

  private answerGroupChanges(): void {
    this.answer(OffsetCommit, ({ groupId, topics }) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name = '', topicId = zeroUuid, partitions }) => ({
        name,
        topicId,
        partitions: partitions.map(({ partitionIndex, committedOffset, committedLeaderEpoch = -1, committedMetadata }) => {
          const place = `${name} ${partitionIndex}`;
          const code = this.refusals.get(place) ?? 0;
          const commits = this.commits.get(groupId) ?? new Map<string, never>();
          this.commits.set(groupId, commits);
          if (code === 0)
            commits.set(place, { offset: committedOffset, leaderEpoch: committedLeaderEpoch, metadata: committedMetadata });
          return { partitionIndex, errorCode: code };
        }),
      })),
    }));
    this.answer(OffsetDelete, ({ groupId, topics }) => ({
      errorCode: 0,
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => {
          const place = `${name} ${partitionIndex}`;
          const code = this.refusals.get(place) ?? 0;
          if (code === 0) this.commits.get(groupId)?.delete(place);
          return { partitionIndex, errorCode: code };
        }),
      })),
    }));
    this.answer(DeleteGroups, ({ groupsNames }) => ({
      throttleTimeMs: 0,
      results: groupsNames.map((groupId) => ({
        groupId,
        errorCode: this.groups.delete(groupId) ? 0 : errorCode.GROUP_ID_NOT_FOUND,
      })),
    }));
  }
}
