import { failureNotices } from '../failures.js';
import { gapNotices, incompleteDocument } from '../groups/incomplete.js';
import { groupQuery, type GroupFlags } from '../groups/words.js';
import type { Handler } from '../handler.js';
import { describeLagState } from '../../core/lag/describe-lag-state.js';
import type { LagSum } from '../../core/lag/sum-lag.js';
import { exitCodes } from '../exit.js';
import { lagPartition, lagPartitions, lagReason, lagSummary, lagTotals } from './lag-document.js';
import type { AgedLagRow, DescribedLag, DescribeLagResult } from '../../operations/lag/describe-lag.js';
import type { Column, Report, Tone } from '../../output/report.js';

export interface LagFlags extends GroupFlags {
  readonly time?: boolean;
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
}

/** `lag describe`. */
export const describe: Handler<LagFlags> = async ({ args, options, ctx, session }) => {
  const { describeLag } = await import('../../operations/lag/describe-lag.js');
  const result = await describeLag(ctx, {
    groups: groupQuery(args, options),
    isolation: options.isolationLevel ?? 'read_uncommitted',
    withTime: options.time === true,
  });
  failureNotices(session, result.groups);
  gapNotices(session, result.incomplete);
  return report(
    result,
    options.time === true,
    await import('../../output/report.js'),
    await import('../../core/format-duration.js'),
  );
};

type Tables = typeof import('../../output/report.js');
type Durations = typeof import('../../core/format-duration.js');

function report(result: DescribeLagResult, withTime: boolean, { table }: Tables, { formatDuration }: Durations): Report {
  const columns = columnsOf(withTime, formatDuration);
  const groups = result.groups.map((group) => ({
    ...lagSummary(group),
    topics: group.topics?.map(({ topic, ...sum }) => ({ topic, ...lagTotals(sum) })) ?? null,
    partitions: lagPartitions(group),
  }));
  return {
    document: { takenAt: new Date(result.takenAt).toISOString(), groups, incomplete: incompleteDocument(result.incomplete) },
    items: result.groups.flatMap((group) => group.rows.map((row) => ({ group: group.groupId, ...lagPartition(row) }))),
    tables: result.groups.map((group) =>
      table({
        title: titleOf(group),
        columns: [{ title: 'GROUP', value: () => group.groupId, wide: true }, ...columns],
        rows: group.rows,
        empty: emptyOf(group),
      }),
    ),
    names: result.groups.map(({ groupId }) => groupId),
    ...(result.groups.length === 0 && result.incomplete.length === 0 && { notes: ['no group consumes'] }),
    ...((result.incomplete.length > 0 || result.groups.some(isLacking)) && { exitCode: exitCodes.failed }),
  };
}

function emptyOf(group: DescribedLag): string {
  const { groupId, error } = group;
  return error === undefined ? `group '${groupId}': ${lagReason(group) ?? ''}` : `group '${groupId}' could not be read`;
}

function isLacking({ error, rows }: DescribedLag): boolean {
  return error !== undefined || rows.some(({ problem, age }) => problem !== undefined || age?.isFailure === true);
}

function titleOf({ groupId, state, sum, topics = [] }: DescribedLag): string {
  const perTopic = topics.length > 1 ? ` (${topics.map((topic) => `${topic.topic} ${lagOf(topic)}`).join(', ')})` : '';
  const without =
    sum === undefined || sum.withoutLag === 0 ? '' : `, ${sum.withoutLag} of ${sum.partitions} partitions without a lag`;
  const lost = sum?.lost === undefined || sum.lost === 0n ? '' : `, ${sum.lost} lost`;
  return `${groupId}  ${state === '' ? 'unknown' : state}  lag ${lagOf(sum)}${perTopic}${lost}${without}`;
}

function lagOf(sum: LagSum | undefined): string {
  if (sum?.lag === undefined) return 'unknown';
  return sum.withoutLag === 0 ? String(sum.lag) : `at least ${sum.lag}`;
}

function columnsOf(withTime: boolean, formatDuration: Durations['formatDuration']): Column<AgedLagRow>[] {
  const age = (milliseconds: number | undefined): string | undefined =>
    milliseconds === undefined ? undefined : formatDuration(milliseconds);
  return [
    { title: 'TOPIC', value: ({ topic }) => topic },
    { title: 'PARTITION', value: ({ partition }) => partition },
    { title: 'COMMITTED', value: ({ committed }) => committed },
    { title: 'START', value: ({ start }) => start, wide: true },
    { title: 'END', value: ({ end }) => end },
    { title: 'LAG', value: ({ lag }) => lag, tone: ({ lag }) => (lag !== undefined && lag > 0n ? 'warning' : undefined) },
    { title: 'LOST', value: ({ lost }) => lost, tone: ({ lost }) => (lost !== undefined && lost > 0n ? 'bad' : undefined) },
    ...(withTime
      ? ([
          { title: 'OLDEST-UNREAD', value: (row) => age(row.age?.ageMs) },
          { title: 'RETENTION-LEFT', value: (row) => age(row.age?.headRoomMs) },
        ] satisfies Column<AgedLagRow>[])
      : []),
    { title: 'NOTE', value: noteOf, tone: ({ state }) => (state === 'ok' ? undefined : toneOf(state)) },
    { title: 'MEMBER', value: ({ member }) => member?.instanceId ?? member?.memberId },
    { title: 'HOST', value: ({ member }) => member?.host, wide: true },
    { title: 'CLIENT-ID', value: ({ member }) => member?.clientId, wide: true },
  ];
}

function toneOf(state: AgedLagRow['state']): Tone {
  return state === 'no-commit' ? 'dim' : 'bad';
}

function noteOf(row: AgedLagRow): string | undefined {
  return describeLagState(row) ?? row.age?.reason;
}
