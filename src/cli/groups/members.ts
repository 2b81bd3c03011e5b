import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { gapNotices, incompleteDocument } from './incomplete.js';
import { groupQuery, type GroupFlags } from './words.js';
import type { GroupMember } from '../../client/groups/describe-groups.js';
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
  for (const { groupId, state, members: all, error } of groups) {
    if (all.length === 0 && error === undefined) session.notice(`nobody is in group '${groupId}' (${state})`);
  }
  return membersReport(result, options.verbose === true);
};

type MemberRow = GroupMember & { readonly groupId: string };

/** The report of `groups members`; `verbose` adds epochs and where the coordinator wants members to arrive. */
export function membersReport({ groups, incomplete }: ListMembersResult, verbose: boolean): Report {
  const rows = groups.flatMap(({ groupId, members: all }) => sorted(all).map((member) => ({ ...member, groupId })));
  return {
    document: {
      groups: groups.map(({ groupId, state, type, members: all, error }) => ({
        group: groupId,
        state: state === '' ? null : state,
        type,
        members: sorted(all).map(memberDocument),
        error: errorDocument(error),
      })),
      incomplete: incompleteDocument(incomplete),
    },
    items: rows.map((row) => ({ group: row.groupId, ...memberDocument(row) })),
    tables: [table<MemberRow>({ columns: columnsOf(verbose), rows })],
    names: rows.map(({ memberId }) => memberId),
    ...((incomplete.length > 0 || groups.some(({ error }) => error !== undefined)) && { exitCode: exitCodes.failed }),
  };
}

function sorted(all: readonly GroupMember[]): GroupMember[] {
  return [...all].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
}

function memberDocument({ memberId, instanceId, clientId, host, epoch, assignment, targetAssignment }: GroupMember): object {
  return {
    memberId,
    instanceId,
    clientId,
    host,
    epoch: epoch ?? null,
    assignment: byTopic(assignment),
    targetAssignment: targetAssignment === undefined ? null : byTopic(targetAssignment),
  };
}

function columnsOf(verbose: boolean): Column<MemberRow>[] {
  return [
    { title: 'GROUP', value: (row) => row.groupId },
    { title: 'MEMBER', value: (row) => row.memberId },
    { title: 'INSTANCE', value: (row) => row.instanceId },
    { title: 'HOST', value: (row) => row.host },
    { title: 'CLIENT-ID', value: (row) => row.clientId },
    { title: 'PARTITIONS', value: (row) => row.assignment.length },
    { title: 'ASSIGNMENT', value: (row) => written(row.assignment) },
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
