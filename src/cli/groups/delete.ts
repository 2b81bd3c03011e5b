import { table, type Column, type Report } from '../../output/report.js';
import { approval, type ChangeOptions } from '../approval.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { requiredGroups, type GroupFlags } from './words.js';
import type { DeleteGroupsPlan, DeleteGroupsResult, DoomedGroup, GroupDeletion } from '../../operations/groups/delete-groups.js';

interface DeleteFlags extends GroupFlags, ChangeOptions {
  readonly ifExists?: boolean;
}

/** `groups delete`. */
export const remove: Handler<DeleteFlags> = async ({ args, options, ctx, session }) => {
  const selection = requiredGroups(args, options, 'delete');
  const { deleteGroups } = await import('../../operations/groups/delete-groups.js');
  const input = { ...selection, ifExists: options.ifExists === true };
  const result = await deleteGroups(ctx, input, approval(session, options, 'always', deletePlanReport));
  for (const groupId of result.plan.missing) session.notice(`group '${groupId}' does not exist`);
  for (const pattern of result.plan.unmatched) session.notice(`no group matches '${pattern}'`);
  failureNotices(session, result.results ?? []);
  return deleteReport(result);
};

const planColumns: readonly Column<DoomedGroup>[] = [
  { title: 'GROUP', value: (row) => row.groupId },
  { title: 'STATE', value: (row) => row.state },
  { title: 'COMMITS', value: (row) => row.commitCount },
  { title: 'TOPICS', value: (row) => (row.topics.length === 0 ? undefined : row.topics.join(',')) },
];

/** The plan of `groups delete`. */
export function deletePlanReport({ groups }: DeleteGroupsPlan): Report {
  return {
    document: {
      groups: groups.map(({ groupId, state, commitCount, topics }) => ({
        group: groupId,
        state,
        commitCount,
        topics,
        status: 'planned',
        error: null,
      })),
    },
    tables: [table<DoomedGroup>({ columns: planColumns, rows: groups, empty: 'nothing to delete' })],
    names: groups.map(({ groupId }) => groupId),
    ...(groups.length > 0 && {
      notes: ['deletes these groups with every offset they committed; keep them with: kafkit groups export'],
    }),
  };
}

/** The report of `groups delete`; of a dry run, the plan. */
export function deleteReport({ plan, results }: DeleteGroupsResult): Report {
  if (results === undefined) {
    const report = deletePlanReport(plan);
    return { ...report, document: { dryRun: true, ...report.document } };
  }
  const planned = new Map(plan.groups.map((group) => [group.groupId, group]));
  return {
    document: {
      dryRun: false,
      groups: results.map(({ groupId, status, error }) => {
        const { state, commitCount, topics } = planned.get(groupId) ?? {};
        return { group: groupId, state, commitCount, topics, status, error: errorDocument(error) };
      }),
    },
    tables: [
      table<GroupDeletion>({
        columns: [
          { title: 'GROUP', value: (row) => row.groupId },
          { title: 'STATUS', value: (row) => row.status, tone: (row) => (row.status === 'deleted' ? 'good' : 'bad') },
        ],
        rows: results,
        empty: 'nothing to delete',
      }),
    ],
    names: results.filter(({ status }) => status === 'deleted').map(({ groupId }) => groupId),
    ...(results.some(({ status }) => status !== 'deleted') && { exitCode: exitCodes.failed }),
  };
}
