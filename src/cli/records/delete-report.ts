import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { formatTimestamp } from '../format-timestamp.js';
import { formatTime } from '../../core/format-time.js';
import type {
  DeletedRecords,
  DeleteRecordsPlan,
  DeleteRecordsResult,
  PlannedCut,
} from '../../operations/records/delete-records.js';

const planColumns: readonly Column<PlannedCut>[] = [
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
  { title: 'START', value: (row) => row.start },
  { title: 'CUT', value: (row) => row.cut },
  { title: 'END', value: (row) => row.end },
  { title: 'RECORDS', value: (row) => row.records, tone: ({ records }) => (records > 0n ? 'bad' : 'dim') },
  { title: 'FIRST', value: (row) => formatTimestamp(row.times?.first) },
  { title: 'LAST', value: (row) => formatTimestamp(row.times?.last) },
];

/**
 * The plan of `records delete`.
 *
 * @param before the time up to which records go, where it is one, in milliseconds since the epoch
 */
export function planReport({ cuts }: DeleteRecordsPlan, before?: number): Report {
  const total = cuts.reduce((sum, { records }) => sum + records, 0n);
  return {
    document: { ...timeMember(before), partitions: cuts.map((cut) => cutDocument({ cut })) },
    tables: [table<PlannedCut>({ columns: planColumns, rows: cuts })],
    names: cuts.filter(({ records }) => records > 0n).map(nameOf),
    notes: [
      ...(before === undefined ? [] : [`CUT is the first record at or after ${formatTime(before)}; where all are older, the end`]),
      total === 0n
        ? 'nothing to delete'
        : `deletes the records below CUT for good, ${total} in all; RECORDS counts offsets, so compacted topics and transactions hold fewer`,
    ],
  };
}

/** A partition as the words of a command line name it. */
function nameOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}:${partition}`;
}

/** The report of `records delete`; of a dry run, the plan, also where nothing would go. */
export function deleteReport({ plan, results }: DeleteRecordsResult, isDryRun: boolean, before?: number): Report {
  if (isDryRun || results === undefined) {
    const report = planReport(plan, before);
    return { ...report, document: { dryRun: true, ...report.document } };
  }
  return {
    document: { dryRun: false, ...timeMember(before), partitions: results.map(cutDocument) },
    tables: [
      table<DeletedRecords>({
        columns: [
          { title: 'TOPIC', value: ({ cut }) => cut.topic },
          { title: 'PARTITION', value: ({ cut }) => cut.partition },
          { title: 'STATUS', value: ({ status }) => status, tone: ({ status }) => (isDone(status) ? 'good' : 'bad') },
          { title: 'RECORDS', value: ({ cut, status }) => (isDone(status) ? cut.records : undefined) },
          { title: 'LOW-WATERMARK', value: (row) => row.lowWatermark },
          { title: 'CUT', value: ({ cut }) => cut.cut, wide: true },
          { title: 'END', value: ({ cut }) => cut.end, wide: true },
        ],
        rows: results,
        empty: 'nothing to delete',
      }),
    ],
    names: results.filter(({ status }) => status === 'deleted').map(({ cut }) => nameOf(cut)),
    ...(results.some(({ status }) => !isDone(status)) && { exitCode: exitCodes.failed }),
  };
}

function timeMember(before: number | undefined): { before?: string } {
  return before === undefined ? {} : { before: formatTime(before) };
}

function isDone(status: DeletedRecords['status']): boolean {
  return status === 'deleted' || status === 'unchanged';
}

type Row = Pick<DeletedRecords, 'cut'> & Partial<DeletedRecords>;

function cutDocument({ cut, status, lowWatermark, error }: Row): Record<string, unknown> {
  const { topic, partition, start, cut: offset, end, records, times } = cut;
  return {
    topic,
    partition,
    start,
    cut: offset,
    end,
    records,
    firstTimestamp: times?.first ?? null,
    lastTimestamp: times?.last ?? null,
    status: status ?? 'planned',
    lowWatermark: lowWatermark ?? null,
    error: errorDocument(error),
  };
}
