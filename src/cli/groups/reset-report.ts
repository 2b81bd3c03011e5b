import { table, type Column, type Report, type Tone } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { formatTimestamp } from '../format-timestamp.js';
import { formatTime } from '../../core/format-time.js';
import type { CliError } from '../../core/errors.js';
import type { ResetRow } from '../../core/reset/plan-reset.js';
import type { ResetOffsetsResult } from '../../operations/groups/reset-offsets.js';
import type { ResetOutcome, ResetPlan } from '../../operations/groups/reset-types.js';

type Status = ResetOutcome['status'] | 'planned';
type ViewRow = ResetRow & { readonly groupId: string; readonly status: Status; readonly error: CliError | undefined };

/**
 * The plan of a reset, for people to look at before they agree.
 *
 * @param time what offsets are looked up by, where it is one time for all, in milliseconds since the epoch
 */
export function resetPlanReport(plan: ResetPlan, time?: number): Report {
  return withTime(reportOf(plan, plannedRows(plan), true), time);
}

/** A time that was worked out (a time ago, seconds, another zone) is shown where people decide by it. */
function withTime(report: Report, time: number | undefined): Report {
  if (time === undefined) return report;
  const { dryRun, ...rest } = report.document;
  return {
    ...report,
    document: { dryRun, time: formatTime(time), ...rest },
    notes: [`NEW is the first record at or after ${formatTime(time)}`, ...(report.notes ?? [])],
  };
}

/** The report of a reset; of a dry run, the plan. */
export function resetReport({ plan, results }: ResetOffsetsResult, isDryRun: boolean, time?: number): Report {
  if (results === undefined || isDryRun) return resetPlanReport(plan, time);
  const rows = results.map(({ groupId, row, status, error }) => ({ ...row, groupId, status, error }));
  const isPartial = rows.some(({ status }) => status !== 'written' && status !== 'unchanged');
  return { ...withTime(reportOf(plan, rows, false), time), ...(isPartial && { exitCode: exitCodes.failed }) };
}

function plannedRows({ groups }: ResetPlan): ViewRow[] {
  return groups.flatMap(({ groupId, rows }) =>
    rows.map((row) => ({ ...row, groupId, status: row.changes ? 'planned' : 'unchanged', error: undefined })),
  );
}

function reportOf(plan: ResetPlan, rows: readonly ViewRow[], isPlan: boolean): Report {
  const partitions = (groupId: string): object[] => rows.filter((row) => row.groupId === groupId).map(rowDocument);
  return {
    document: {
      dryRun: isPlan,
      groups: plan.groups.map(({ groupId, isNew }) => ({ group: groupId, new: isNew, partitions: partitions(groupId) })),
    },
    items: rows.map((row) => ({ group: row.groupId, ...rowDocument(row) })),
    tables: [table<ViewRow>({ columns: columnsFor(rows, isPlan), rows })],
    names: plan.groups.map(({ groupId }) => groupId),
    notes: notesOf(plan, rows, isPlan),
  };
}

function changeOf({ before, after }: Pick<ResetRow, 'before' | 'after'>): bigint | undefined {
  return before === undefined || before < 0n ? undefined : after - before;
}

function rowDocument({ topic, partition, before, after, rereads, skips, note, translation, status, error }: ViewRow): object {
  return {
    topic,
    partition,
    before: before ?? null,
    after,
    change: changeOf({ before, after }) ?? null,
    rereads: rereads ?? null,
    skips: skips ?? null,
    note: note ?? null,
    ...(translation !== undefined && {
      fileOffset: translation.offset,
      byTimestamp: translation.timestamp ?? null,
      atEnd: translation.atEnd,
    }),
    status,
    error: errorDocument(error),
  };
}

const noteWords: Readonly<Record<NonNullable<ResetRow['note']>, string>> = {
  'clamped-to-start': 'held at the start of the log',
  'clamped-to-end': 'held at the end of the log',
  'no-commit': 'had no commit, so to the end',
  'below-zero': 'had a commit below zero, which is none',
  'no-later-record': 'no record is that new, so to the end',
  'no-time-known': 'no time is known, so to the start',
  'last-record-again': 'had read all; its last record is read again',
};

const placeColumns: readonly Column<ViewRow>[] = [
  { title: 'GROUP', value: (row) => row.groupId },
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
];

const translationColumns: readonly Column<ViewRow>[] = [
  { title: 'IN-FILE', value: (row) => row.translation?.offset },
  { title: 'BY-TIME', value: (row) => formatTimestamp(row.translation?.timestamp) },
];

const changeColumns: readonly Column<ViewRow>[] = [
  { title: 'OLD', value: (row) => row.before },
  { title: 'NEW', value: (row) => row.after },
  { title: 'CHANGE', value: changeOf },
  { title: 'READ-AGAIN', value: (row) => row.rereads },
  {
    title: 'SKIPPED',
    value: (row) => row.skips,
    tone: (row) => (row.skips !== undefined && row.skips > 0n ? 'warning' : undefined),
  },
  { title: 'NOTE', value: (row) => row.note && noteWords[row.note], tone: () => 'warning' },
];

const tones: Readonly<Record<Status, Tone>> = {
  planned: 'dim',
  written: 'good',
  unchanged: 'dim',
  failed: 'bad',
  unknown: 'bad',
  'not-tried': 'bad',
};

function columnsFor(rows: readonly ViewRow[], isPlan: boolean): Column<ViewRow>[] {
  const isTranslated = rows.some(({ translation }) => translation !== undefined);
  return [...placeColumns, ...(isTranslated ? translationColumns : []), ...changeColumns, ...(isPlan ? [] : [statusColumn])];
}

const statusColumn: Column<ViewRow> = { title: 'STATUS', value: (row) => row.status, tone: (row) => tones[row.status] };

function notesOf({ groups }: ResetPlan, rows: readonly ViewRow[], isPlan: boolean): string[] {
  const count = (status: Status): number => rows.filter((row) => row.status === status).length;
  const sum = (pick: (row: ViewRow) => bigint | undefined): bigint => rows.reduce((total, row) => total + (pick(row) ?? 0n), 0n);
  const created = groups
    .filter(({ isNew }) => isNew)
    .map(({ groupId }) => `group '${groupId}' does not exist, and is created by this`);
  if (isPlan) {
    const moves = `${count('planned')} of ${rows.length} partitions move`;
    const unknown = rows.filter(({ rereads }) => rereads === undefined).length;
    if (unknown > 0 && unknown === rows.length) return [...created, `${moves}; what was read before is not known`];
    const left = unknown === 0 ? '' : `; of ${unknown} it is not known what was read before`;
    return [
      ...created,
      `${moves}; ${sum((row) => row.rereads)} records will be read again, ${sum((row) => row.skips)} skipped${left}`,
    ];
  }
  if (count('unchanged') === rows.length) return ['nothing to change: every partition is there already'];
  if (count('written') + count('unchanged') === rows.length) return [];
  const statuses = ['written', 'unchanged', 'failed', 'unknown', 'not-tried'] as const;
  const counts = statuses.filter((status) => count(status) > 0).map((status) => `${count(status)} ${status}`);
  return [`partitions: ${counts.join(', ')}`];
}
