import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { gapNotices, incompleteDocument } from './incomplete.js';
import { groupQuery, type GroupFlags } from './words.js';
import type { GroupDescription, GroupMember } from '../../client/groups/describe-groups.js';
import type { ListMembersResult } from '../../operations/groups/list-members.js';
import type { TopicPartition } from '../../protocol/message.js';

/** `groups members`. */
export const members: Handler<GroupFlags> = async ({ args, options, ctx, session }) => {
  const { listMembers } = await import('../../operations/groups/list-members.js');
  const result = await listMembers(ctx, groupQuery(args, options));
  const { groups } = result;
  failureNotices(
    session,
    groups.map(({ error }) => ({ error })),
  );
  gapNotices(session, result.incomplete);
  failureNotices(
    session,
    groups.flatMap(({ members: all }) => all.map(({ assignmentError }) => ({ error: assignmentError }))),
  );
  for (const { groupId, state, protocolType, members: all, error } of groups) {
    const isUntold = all.some(({ assignment, assignmentError }) => assignment === undefined && assignmentError === undefined);
    if (isUntold) session.notice(`group '${groupId}' (${state}): what its members hold is not known: ${silence(protocolType)}`);
    if (all.length === 0 && error === undefined) session.notice(`nobody is in group '${groupId}' (${state})`);
  }
  return membersReport(result, options.verbose === true);
};

type MemberRow = GroupMember & Pick<GroupDescription, 'groupId' | 'protocolType'>;

/** The report of `groups members`; `verbose` adds epochs and where the coordinator wants members to arrive. */
export function membersReport({ groups, incomplete }: ListMembersResult, verbose: boolean): Report {
  const rows = groups.flatMap(({ groupId, protocolType, members: all }) =>
    sorted(all).map((member) => ({ ...member, groupId, protocolType })),
  );
  return {
    document: {
      groups: groups.map(({ groupId, state, type, protocolType, members: all, error }) => ({
        group: groupId,
        state: state === '' ? null : state,
        type: error === undefined ? type : null,
        members: error === undefined ? sorted(all).map((member) => memberDocument(member, protocolType)) : null,
        error: errorDocument(error),
      })),
      incomplete: incompleteDocument(incomplete),
    },
    items: rows.map((row) => ({ group: row.groupId, ...memberDocument(row, row.protocolType) })),
    tables: [table<MemberRow>({ columns: columnsOf(verbose), rows })],
    names: rows.map(({ memberId }) => memberId),
    ...((incomplete.length > 0 || groups.some(isLacking)) && { exitCode: exitCodes.failed }),
  };
}

function isLacking({ error, members: all }: GroupDescription): boolean {
  return error !== undefined || all.some(({ assignmentError }) => assignmentError !== undefined);
}

function sorted(all: readonly GroupMember[]): GroupMember[] {
  return [...all].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
}

function memberDocument(member: GroupMember, protocolType: string): object {
  const { memberId, instanceId, clientId, host, epoch, assignment, targetAssignment, assignmentError } = member;
  return {
    memberId,
    instanceId,
    clientId,
    host,
    epoch: epoch ?? null,
    assignment: assignment === undefined ? null : byTopic(assignment),
    targetAssignment: targetAssignment === undefined ? null : byTopic(targetAssignment),
    ...(assignment === undefined && { reason: assignmentError?.message ?? silence(protocolType) }),
  };
}

/** Why a coordinator does not say what a member holds. */
function silence(protocolType: string): string {
  return protocolType === 'consumer' ? 'the group is rebalancing' : `groups of the '${protocolType}' protocol do not tell it`;
}

function columnsOf(verbose: boolean): Column<MemberRow>[] {
  return [
    { title: 'GROUP', value: (row) => row.groupId },
    { title: 'MEMBER', value: (row) => row.memberId },
    { title: 'INSTANCE', value: (row) => row.instanceId },
    { title: 'HOST', value: (row) => row.host },
    { title: 'CLIENT-ID', value: (row) => row.clientId },
    { title: 'PARTITIONS', value: (row) => row.assignment?.length },
    { title: 'ASSIGNMENT', value: (row) => row.assignment && written(row.assignment) },
    { title: 'EPOCH', value: (row) => row.epoch, wide: !verbose },
    { title: 'TARGET-ASSIGNMENT', value: (row) => row.targetAssignment && written(row.targetAssignment), wide: !verbose },
  ];
}

function byTopic(assignment: readonly TopicPartition[]): { topic: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of assignment) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}

/** `orders:0,1 bills:3`, as `--topic` takes them; nothing for none. */
function written(assignment: readonly TopicPartition[]): string | undefined {
  if (assignment.length === 0) return undefined;
  return byTopic(assignment)
    .map(({ topic, partitions }) => `${topic}:${partitions.join(',')}`)
    .join(' ');
}
