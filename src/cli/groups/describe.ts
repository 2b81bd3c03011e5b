import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import { describeLagState } from '../../core/lag/describe-lag-state.js';
import { lagPartitions, lagReason, lagTotals } from '../lag/lag-document.js';
import type { Handler } from '../handler.js';
import { gapNotices, incompleteDocument } from './incomplete.js';
import { groupQuery, type GroupFlags } from './words.js';
import type { LagRow } from '../../core/lag/group-lag.js';
import type { DescribedGroup, DescribeGroupsResult } from '../../operations/groups/describe-groups.js';

/** `groups describe`. */
export const describe: Handler<GroupFlags> = async ({ args, options, ctx, session }) => {
  const { describeGroups } = await import('../../operations/groups/describe-groups.js');
  const result = await describeGroups(ctx, groupQuery(args, options));
  failureNotices(session, result.groups);
  gapNotices(session, result.incomplete);
  return describeReport(result);
};

type PartitionRow = LagRow & { readonly groupId: string };

/** The report of `groups describe`. */
export function describeReport({ groups, incomplete }: DescribeGroupsResult): Report {
  const rows = groups.flatMap(({ groupId, rows: partitions }) => partitions.map((row) => ({ ...row, groupId })));
  const partitionTable = table<PartitionRow>({
    title: 'PARTITIONS',
    columns: partitionColumns,
    rows,
    ...(groups.every(({ sum }) => sum !== undefined) && { empty: 'no committed offsets and no partitions that may be seen' }),
  });
  return {
    document: { groups: groups.map(groupDocument), incomplete: incompleteDocument(incomplete) },
    tables: [
      table<DescribedGroup>({
        columns: groupColumns,
        rows: groups,
        ...(incomplete.length === 0 && { empty: 'no group consumes' }),
      }),
      partitionTable,
    ],
    csv: partitionTable,
    names: groups.map(({ groupId }) => groupId),
    ...((incomplete.length > 0 || groups.some(isIncomplete)) && { exitCode: exitCodes.failed }),
  };
}

function isIncomplete({ error, rows }: DescribedGroup): boolean {
  return error !== undefined || rows.some(({ problem }) => problem !== undefined);
}

function groupDocument(group: DescribedGroup): Record<string, unknown> {
  const { groupId, state, type, protocolType, assignor, coordinator, epoch, assignmentEpoch, memberCount, sum, error } = group;
  const reason = lagReason(group);
  return {
    group: groupId,
    state: state === '' ? null : state,
    type: type ?? null,
    protocolType: protocolType === '' ? null : protocolType,
    assignor: assignor === '' ? null : assignor,
    coordinator: coordinator === undefined ? null : { id: coordinator.id, host: coordinator.host, port: coordinator.port },
    epoch: epoch ?? null,
    assignmentEpoch: assignmentEpoch ?? null,
    memberCount: memberCount ?? null,
    ...lagTotals(sum),
    ...(reason !== undefined && { reason }),
    partitions: lagPartitions(group),
    error: errorDocument(error),
  };
}

const groupColumns: readonly Column<DescribedGroup>[] = [
  { title: 'GROUP', value: ({ groupId }) => groupId },
  { title: 'STATE', value: ({ state }) => (state === '' ? 'unknown' : state) },
  { title: 'TYPE', value: ({ type }) => type },
  { title: 'ASSIGNOR', value: ({ assignor }) => (assignor === '' ? undefined : assignor) },
  { title: 'MEMBERS', value: ({ memberCount }) => memberCount },
  { title: 'LAG', value: ({ sum }) => sum?.lag },
  { title: 'LOST', value: ({ sum }) => sum?.lost },
  { title: 'WITHOUT-LAG', value: ({ sum }) => sum?.withoutLag },
  {
    title: 'COORDINATOR',
    value: ({ coordinator }) => coordinator && `${coordinator.host}:${coordinator.port} (${coordinator.id})`,
  },
  { title: 'EPOCH', value: ({ epoch }) => epoch, wide: true },
  { title: 'ASSIGNMENT-EPOCH', value: ({ assignmentEpoch }) => assignmentEpoch, wide: true },
];

const partitionColumns: readonly Column<PartitionRow>[] = [
  { title: 'GROUP', value: ({ groupId }) => groupId },
  { title: 'TOPIC', value: ({ topic }) => topic },
  { title: 'PARTITION', value: ({ partition }) => partition },
  { title: 'COMMITTED', value: ({ committed }) => committed },
  { title: 'START', value: ({ start }) => start, wide: true },
  { title: 'END', value: ({ end }) => end },
  { title: 'LAG', value: ({ lag }) => lag },
  { title: 'LOST', value: ({ lost }) => lost },
  { title: 'NOTE', value: describeLagState },
  { title: 'MEMBER', value: ({ member }) => member?.instanceId ?? member?.memberId },
  { title: 'HOST', value: ({ member }) => member?.host, wide: true },
  { title: 'CLIENT-ID', value: ({ member }) => member?.clientId, wide: true },
];
