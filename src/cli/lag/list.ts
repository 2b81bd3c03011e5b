import { compareText } from '../../core/compare-text.js';
import { parseGroupSelection } from '../../core/groups/group-selection.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import { gapNotices, incompleteDocument } from '../groups/incomplete.js';
import type { Handler } from '../handler.js';
import type { LagFlags } from './describe.js';
import { lagSummary } from './lag-document.js';
import type { DescribedLag } from '../../operations/lag/describe-lag.js';

/** `lag list`. */
export const list: Handler<LagFlags> = async ({ args, options, ctx, session }) => {
  const only = parseGroupSelection(args[0] as readonly string[], options.literal); // the command declares [groups...]
  const [{ describeLag }, { table }] = await Promise.all([
    import('../../operations/lag/describe-lag.js'),
    import('../../output/report.js'),
  ]);
  const isolation = options.isolationLevel ?? 'read_uncommitted';
  const { groups, takenAt, incomplete, unmatched } = await describeLag(ctx, { groups: 'all', only, isolation, withTime: false });
  const which = incomplete.length === 0 ? 'no group' : 'no group that could be listed';
  for (const word of unmatched) session.notice(`${which} matches '${word}'`);
  failureNotices(session, groups);
  gapNotices(session, incomplete);
  const sorted = [...groups].sort(furthestBehindFirst);
  return {
    document: {
      takenAt: new Date(takenAt).toISOString(),
      groups: sorted.map(lagSummary),
      incomplete: incompleteDocument(incomplete),
    },
    tables: [
      table<DescribedLag>({
        columns: [
          { title: 'GROUP', value: ({ groupId }) => groupId },
          { title: 'STATE', value: ({ state }) => (state === '' ? undefined : state) },
          { title: 'TYPE', value: ({ type }) => type, wide: true },
          { title: 'LAG', value: ({ sum }) => sum?.lag, tone: ({ sum }) => (sum?.lag === 0n ? undefined : 'warning') },
          { title: 'LOST', value: ({ sum }) => sum?.lost, tone: ({ sum }) => (sum?.lost === 0n ? undefined : 'warning') },
          { title: 'PARTITIONS', value: ({ sum }) => sum?.partitions },
          { title: 'WITHOUT-LAG', value: ({ sum }) => sum?.withoutLag },
          { title: 'TOPICS', value: ({ topics }) => topics?.map(({ topic }) => topic).join(','), wide: true },
        ],
        rows: sorted,
        ...(unmatched.length === 0 && incomplete.length === 0 && { empty: 'no group consumes' }),
      }),
    ],
    names: sorted.map(({ groupId }) => groupId),
    ...((incomplete.length > 0 || groups.some(isLacking)) && { exitCode: exitCodes.failed }),
  };
};

function isLacking({ error, rows }: DescribedLag): boolean {
  return error !== undefined || rows.some(({ problem }) => problem !== undefined);
}

/** What is not known may be the worst, so it comes first, and partitions without a lag count with all that they hold. */
function furthestBehindFirst(left: DescribedLag, right: DescribedLag): number {
  const [one, other] = [left.sum?.mostLag, right.sum?.mostLag];
  if (one === other) return compareText(left.groupId, right.groupId);
  if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
  return one > other ? -1 : 1;
}
