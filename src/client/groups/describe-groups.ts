import { CliError } from '../../core/errors.js';
import { decodeAssignment } from '../../protocol/messages/consumer-protocol.js';
import { ConsumerGroupDescribe } from '../../protocol/messages/consumer-group-describe.js';
import { DescribeGroups } from '../../protocol/messages/describe-groups.js';
import { errorCode } from '../../protocol/errors.js';
import type { RequestBody, ResponseBody, TopicPartition } from '../../protocol/message.js';
import { ProtocolError } from '../../protocol/protocol-error.js';
import { brokerError, type BrokerError } from '../broker-error.js';
import type { Cluster, Limits } from '../cluster.js';
import { Lookups } from '../lookups.js';
import { lostAnswer } from '../lost-answers.js';

/** One member of a group. */
export interface GroupMember {
  readonly memberId: string;
  /** `group.instance.id` of a static member (KIP-345). */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  /** What it holds; undefined where that is not told: in a rebalance, by other protocols, and with an `assignmentError`. */
  readonly assignment: readonly TopicPartition[] | undefined;
  /** Why the assignment cannot be read. */
  readonly assignmentError?: CliError;
  /** Where the coordinator wants it to arrive; new protocol only. */
  readonly targetAssignment?: readonly TopicPartition[];
  /** Member epoch; new protocol only. */
  readonly epoch?: number;
  /** Which protocol the member of a group of the new one speaks, where the broker tells it (KIP-1099). */
  readonly speaks?: 'classic' | 'consumer';
}

/** One group as its coordinator describes it. */
export interface GroupDescription {
  readonly groupId: string;
  readonly type: 'classic' | 'consumer';
  /** `Stable`, `Empty`, `Dead`, `PreparingRebalance`, `Reconciling`, ... A group that does not exist is `Dead`. */
  readonly state: string;
  readonly protocolType: string;
  /** `range`, `cooperative-sticky`, `uniform`, ...; empty while there is none. */
  readonly assignor: string;
  readonly members: readonly GroupMember[];
  /** Group epoch; new protocol only. */
  readonly epoch?: number;
  /** Epoch of the target assignment; new protocol only. */
  readonly assignmentEpoch?: number;
  /** Why the group could not be described; the other members are then empty. */
  readonly error?: CliError;
  /** What the broker said of a group that does not exist; older ones only say `Dead` (KIP-1043). */
  readonly missing?: BrokerError;
}

/**
 * Describes groups of the classic and of the new protocol, many at once, in the order asked. The new protocol is asked first;
 * a group that it does not know is asked for as a classic one, as Kafka's own admin client does. A group whose coordinator does
 * not answer has an error and costs the others nothing.
 */
export async function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  limits: Limits = {},
): Promise<readonly GroupDescription[]> {
  if (groupIds.length === 0) return [];
  const found = new Map<string, GroupDescription>();
  const answer = await describeNew(cluster, groupIds, limits);
  for (const group of answer.groups) found.set(group.groupId, group);
  const rest = groupIds.filter((groupId) => !found.has(groupId));
  const classic = rest.length === 0 ? [] : await describeClassic(cluster, rest, { ...limits, notFound: answer.notFound });
  for (const group of classic) found.set(group.groupId, group);
  return groupIds.map(
    (groupId) => found.get(groupId) ?? nothing(groupId, 'classic', new CliError('protocol', `no answer for group '${groupId}'`)),
  );
}

type NewGroup = ResponseBody<typeof ConsumerGroupDescribe>['groups'][number];
type ClassicGroup = ResponseBody<typeof DescribeGroups>['groups'][number];

// What a coordinator answers where the group is a classic one, or does not exist (KIP-848, KIP-1043).
const notNew: ReadonlySet<number> = new Set([
  errorCode.GROUP_ID_NOT_FOUND,
  errorCode.UNSUPPORTED_VERSION,
  errorCode.INVALID_GROUP_ID,
]);

/** What was said about groups that the new protocol does not know, which tells more than the old one's words about the same. */
type NotFound = ReadonlyMap<string, string | null>;

async function describeNew(
  cluster: Cluster,
  groupIds: readonly string[],
  limits: Limits,
): Promise<{ groups: GroupDescription[]; notFound: NotFound }> {
  try {
    const body = { groupIds, includeAuthorizedOperations: false };
    const lookups = new Lookups();
    const asking = { ...limits, unanswered: noNewAnswer, onStranded: lookups.note };
    const response = await cluster.request(ConsumerGroupDescribe, body, asking);
    const { groups } = response;
    const lost = (groupId: string): CliError | undefined => lostAnswer(response, groupId);
    const missing = groups.filter((group) => group.errorCode === errorCode.GROUP_ID_NOT_FOUND);
    return {
      groups: groups.filter((group) => !notNew.has(group.errorCode)).map((group) => fromNew(group, lookups, lost(group.groupId))),
      notFound: new Map(missing.map(({ groupId, errorMessage }) => [groupId, errorMessage])),
    };
  } catch (error) {
    // A cluster without the new protocol has classic groups only.
    if (error instanceof CliError && error.code === 'unsupported') return { groups: [], notFound: new Map() };
    throw error;
  }
}

async function describeClassic(
  cluster: Cluster,
  groups: readonly string[],
  { notFound, ...limits }: Limits & { readonly notFound: NotFound },
): Promise<GroupDescription[]> {
  const body = { groups, includeAuthorizedOperations: false };
  const lookups = new Lookups();
  const asking = { ...limits, unanswered: noClassicAnswer, onStranded: lookups.note };
  const response = await cluster.request(DescribeGroups, body, asking);
  return response.groups.map((group) => {
    const said = notFound.get(group.groupId);
    const isMissing = group.errorCode === errorCode.GROUP_ID_NOT_FOUND && said !== undefined;
    const lost = lostAnswer(response, group.groupId);
    return fromClassic(isMissing ? { ...group, errorMessage: said } : group, lookups, lost);
  });
}

const authorizedOperations = -2147483648;

function noNewAnswer(
  { groupIds }: RequestBody<typeof ConsumerGroupDescribe>,
  code: number,
): ResponseBody<typeof ConsumerGroupDescribe> {
  const empty = { groupState: '', groupEpoch: -1, assignmentEpoch: -1, assignorName: '', members: [], authorizedOperations };
  return { throttleTimeMs: 0, groups: groupIds.map((groupId) => ({ groupId, errorCode: code, errorMessage: null, ...empty })) };
}

function noClassicAnswer({ groups }: RequestBody<typeof DescribeGroups>, code: number): ResponseBody<typeof DescribeGroups> {
  const empty = { groupState: '', protocolType: '', protocolData: '', members: [], authorizedOperations };
  return { throttleTimeMs: 0, groups: groups.map((groupId) => ({ groupId, errorCode: code, errorMessage: null, ...empty })) };
}

function fromNew(group: NewGroup, lookups: Lookups, lost: CliError | undefined): GroupDescription {
  const { groupId } = group;
  if (group.errorCode !== 0) return nothing(groupId, 'consumer', refusal(group, lookups, lost));
  return {
    groupId,
    type: 'consumer',
    state: group.groupState,
    protocolType: 'consumer',
    assignor: group.assignorName,
    epoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      host: member.clientHost,
      assignment: partitionsOf(
        member.assignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
      ),
      targetAssignment: partitionsOf(
        member.targetAssignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions })),
      ),
      epoch: member.memberEpoch,
      ...(member.memberType === 0 && { speaks: 'classic' as const }),
      ...(member.memberType === 1 && { speaks: 'consumer' as const }),
    })),
  };
}

function refusal(
  { groupId, errorCode: code, errorMessage }: NewGroup | ClassicGroup,
  lookups: Lookups,
  lost: CliError | undefined,
): BrokerError {
  return lookups.explain(groupId, brokerError(code, errorMessage, `cannot describe group '${groupId}'`, lost));
}

function fromClassic(group: ClassicGroup, lookups: Lookups, lost: CliError | undefined): GroupDescription {
  const { groupId } = group;
  // Older brokers say `Dead` without an error, newer ones answer with the error (KIP-1043).
  if (group.errorCode !== 0) {
    const error = refusal(group, lookups, lost);
    if (group.errorCode !== errorCode.GROUP_ID_NOT_FOUND) return nothing(groupId, 'classic', error);
    return { ...nothing(groupId, 'classic'), state: 'Dead', missing: error };
  }
  const isConsuming = group.protocolType === 'consumer' || group.protocolType === '';
  return {
    groupId,
    type: 'classic',
    state: group.groupState,
    protocolType: group.protocolType,
    assignor: group.protocolData,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: member.clientHost,
      ...(isConsuming ? classicAssignment(group, member) : { assignment: undefined }),
    })),
  };
}

function nothing(groupId: string, type: GroupDescription['type'], error?: CliError): GroupDescription {
  return { groupId, type, state: '', protocolType: '', assignor: '', members: [], ...(error && { error }) };
}

/** The partitions in a classic member's assignment. While a group rebalances its coordinator sends none of them. */
function classicAssignment(
  { groupId, groupState }: ClassicGroup,
  { memberId, memberAssignment: bytes }: ClassicGroup['members'][number],
): Pick<GroupMember, 'assignment' | 'assignmentError'> {
  if (bytes.length === 0) return { assignment: groupState === 'Stable' ? [] : undefined };
  try {
    return { assignment: partitionsOf(decodeAssignment(bytes).assignedPartitions) };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const text = `cannot read what member ${memberId} of group '${groupId}' holds: its assignment is not one of a consumer`;
    return { assignment: undefined, assignmentError: new CliError('protocol', text, { cause: error }) };
  }
}

function partitionsOf(topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[]): TopicPartition[] {
  return topics
    .flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
    .sort((left, right) => (left.topic < right.topic ? -1 : left.topic > right.topic ? 1 : left.partition - right.partition));
}
