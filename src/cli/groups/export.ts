import { CliError } from '../../core/errors.js';
import { formatOffsetFile } from '../../core/offset-file/format-offset-file.js';
import type { OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import { table, type Column, type Report } from '../../output/report.js';
import { formatTimestamp } from '../format-timestamp.js';
import type { Handler } from '../handler.js';
import { groupQuery, type GroupFlags } from './words.js';

interface ExportFlags extends GroupFlags {
  readonly withTimestamps?: boolean;
}

/** `groups export`. */
export const exportGroups: Handler<ExportFlags> = async ({ args, options, ctx }) => {
  const withTimestamps = options.withTimestamps === true;
  if (withTimestamps && options.output === 'csv') {
    throw new CliError('usage', "CSV has no place for timestamps, and '--with-timestamps' is given", {
      hint: 'leave -o csv out to write JSON, or leave --with-timestamps out',
    });
  }
  const { exportOffsets } = await import('../../operations/groups/export-offsets.js');
  return exportReport(await exportOffsets(ctx, groupQuery(args, options), { withTimestamps }));
};

type Row = OffsetEntry & { readonly group: string };

const plain: readonly Column<Row>[] = [
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
  { title: 'OFFSET', value: (row) => row.offset },
];
const withGroup: readonly Column<Row>[] = [{ title: 'GROUP', value: (row) => row.group }, ...plain];

const timeColumn: Column<Row> = {
  title: 'TIMESTAMP',
  value: ({ timestamp }) => (timestamp === 'unknown' ? undefined : formatTimestamp(timestamp)),
};

/** The report of `groups export`: an offset file, or CSV as kafka-consumer-groups writes and reads it (without a header). */
export function exportReport(file: OffsetFile): Report {
  const rows = file.groups
    .flatMap(({ group = '', partitions }) => partitions.map((entry) => ({ ...entry, group })))
    .sort(compareRows);
  return {
    document: formatOffsetFile(file),
    defaultFormat: 'json',
    items: rows.map(({ group, topic, partition, offset, leaderEpoch, metadata, timestamp, atEnd }) => ({
      group,
      topic,
      partition,
      offset,
      leaderEpoch: leaderEpoch ?? null,
      metadata: metadata ?? null,
      ...(timestamp !== undefined && { timestamp: timestamp === 'unknown' ? null : timestamp, atEnd: atEnd === true }),
    })),
    tables: [
      table<Row>({
        columns: [
          ...withGroup,
          ...(rows.some(({ timestamp }) => timestamp !== undefined) ? [timeColumn] : []),
          { title: 'METADATA', value: (row) => row.metadata, wide: true },
        ],
        rows,
        empty: 'no committed offsets',
      }),
    ],
    csv: table<Row>({ columns: file.groups.length === 1 ? plain : withGroup, rows, headless: true }),
    names: file.groups.map(({ group = '' }) => group),
  };
}

function compareRows(left: Row, right: Row): number {
  if (left.group !== right.group) return left.group < right.group ? -1 : 1;
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
