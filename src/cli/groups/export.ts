import { CliError } from '../../core/errors.js';
import { formatOffsetFile } from '../../core/offset-file/format-offset-file.js';
import type { BelowZero, OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import { table, type Column, type Report } from '../../output/report.js';
import { formatTimestamp } from '../format-timestamp.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import { groupQuery, type GroupFlags } from './words.js';

interface ExportFlags extends GroupFlags {
  readonly withTimestamps?: boolean;
}

/** `groups export`. */
export const exportGroups: Handler<ExportFlags> = async ({ args, options, ctx, session }) => {
  const withTimestamps = options.withTimestamps === true;
  if (withTimestamps && options.output === 'csv') {
    throw new CliError('usage', "CSV has no place for timestamps, and '--with-timestamps' is given", {
      hint: 'leave -o csv out to write JSON, or leave --with-timestamps out',
    });
  }
  const { exportOffsets } = await import('../../operations/groups/export-offsets.js');
  const file = await exportOffsets(ctx, groupQuery(args, options), { withTimestamps });
  failureNotices(session, belowZeroErrors(file));
  return exportReport(file);
};

/** What no import puts back, by name. */
function belowZeroErrors({ groups }: OffsetFile): { readonly error: CliError }[] {
  return groups.flatMap(({ group = '', belowZero = [] }) => {
    if (belowZero.length === 0) return [];
    const places = belowZero.map(({ topic, partition, offset }) => `${topic}-${partition} (${offset})`).join(', ');
    const text = `group '${group}' has commits below zero, which consumers take for none and no import puts back: ${places}`;
    const hint = `put them right with: kafkit groups reset-offsets ${group} --topic TOPIC:PARTITION --to-earliest`;
    return [{ error: new CliError('input', text, { hint }) }];
  });
}

type Row = (OffsetEntry | BelowZero) & { readonly group: string };

const plain: readonly Column<Row>[] = [
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
  { title: 'OFFSET', value: (row) => row.offset },
];
const withGroup: readonly Column<Row>[] = [{ title: 'GROUP', value: (row) => row.group }, ...plain];

const timeColumn: Column<Row> = {
  title: 'TIMESTAMP',
  value: (row) => (!('timestamp' in row) || row.timestamp === 'unknown' ? undefined : formatTimestamp(row.timestamp)),
};

/** The report of `groups export`: an offset file, or CSV as kafka-consumer-groups writes and reads it (without a header). */
export function exportReport(file: OffsetFile): Report {
  const { groups } = file;
  const rows: Row[] = groups
    .flatMap(({ group = '', partitions }) => partitions.map((entry) => ({ ...entry, group })))
    .sort(compareRows);
  const others: Row[] = groups.flatMap(({ group = '', belowZero = [] }) => belowZero.map((commit) => ({ ...commit, group })));
  const all = [...rows, ...others].sort(compareRows);
  const hasTimes = groups.some(({ partitions }) => partitions.some(({ timestamp }) => timestamp !== undefined));
  return {
    document: formatOffsetFile(file),
    defaultFormat: 'json',
    items: all.map(rowDocument),
    tables: [
      table<Row>({
        columns: [
          ...withGroup,
          ...(hasTimes ? [timeColumn] : []),
          ...(others.length > 0 ? [noteColumn] : []),
          { title: 'METADATA', value: (row) => ('metadata' in row ? row.metadata : undefined), wide: true },
        ],
        rows: all,
        empty: 'no committed offsets',
      }),
    ],
    csv: table<Row>({ columns: groups.length === 1 ? plain : withGroup, rows, headless: true }),
    names: groups.map(({ group = '' }) => group),
    ...(others.length > 0 && { exitCode: exitCodes.failed }),
  };
}

const noteColumn: Column<Row> = {
  title: 'NOTE',
  value: (row) => (isBelowZero(row) ? 'below zero: no place in the log' : undefined),
};

function isBelowZero({ offset }: Row): boolean {
  return offset !== 'high-watermark' && offset < 0n;
}

function rowDocument(row: Row): object {
  const { group, topic, partition, offset } = row;
  const { leaderEpoch, metadata, timestamp, atEnd }: Partial<OffsetEntry> = row;
  return {
    group,
    topic,
    partition,
    offset,
    leaderEpoch: leaderEpoch ?? null,
    metadata: metadata ?? null,
    ...(timestamp !== undefined && { timestamp: timestamp === 'unknown' ? null : timestamp, atEnd: atEnd === true }),
    ...(isBelowZero(row) && { belowZero: true }),
  };
}

function compareRows(left: Row, right: Row): number {
  if (left.group !== right.group) return left.group < right.group ? -1 : 1;
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
