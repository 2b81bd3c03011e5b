import { parseGroupSelection } from '../../core/groups/group-selection.js';
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
  for (const word of unmatched) session.notice(`no group matches '${word}'`);
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
          { title: 'STATE', value: ({ state }) => state },
          { title: 'TYPE', value: ({ type }) => type, wide: true },
          { title: 'LAG', value: ({ sum }) => sum.lag, tone: ({ sum }) => (sum.lag > 0n ? 'warning' : undefined) },
          { title: 'PARTITIONS', value: ({ sum }) => sum.partitions },
          { title: 'WITHOUT-LAG', value: ({ sum }) => sum.withoutLag },
          { title: 'TOPICS', value: ({ topics }) => topics.map(({ topic }) => topic).join(','), wide: true },
        ],
        rows: sorted,
        ...(unmatched.length === 0 && { empty: 'no group consumes' }),
      }),
    ],
    names: sorted.map(({ groupId }) => groupId),
    ...((incomplete.length > 0 || groups.some(({ error }) => error !== undefined)) && { exitCode: 1 }),
  };
};

function furthestBehindFirst(left: DescribedLag, right: DescribedLag): number {
  if (left.sum.lag !== right.sum.lag) return left.sum.lag > right.sum.lag ? -1 : 1;
  return left.groupId < right.groupId ? -1 : 1;
}
