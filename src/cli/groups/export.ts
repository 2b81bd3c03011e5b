import { formatOffsetFile } from '../../core/offset-file/format-offset-file.js';
import type { OffsetEntry, OffsetFile } from '../../core/offset-file/offset-file.js';
import { table, type Column, type Report } from '../../output/report.js';
import type { Handler } from '../runner.js';
import { groupQuery, type GroupFlags } from './words.js';

/** `groups export`. */
export const exportGroups: Handler<GroupFlags> = async ({ args, options, ctx }) => {
  const { exportOffsets } = await import('../../operations/groups/export-offsets.js');
  return exportReport(await exportOffsets(ctx, groupQuery(args, options)));
};

type Row = OffsetEntry & { readonly group: string };

const plain: readonly Column<Row>[] = [
  { title: 'TOPIC', value: (row) => row.topic },
  { title: 'PARTITION', value: (row) => row.partition },
  { title: 'OFFSET', value: (row) => row.offset },
];
const withGroup: readonly Column<Row>[] = [{ title: 'GROUP', value: (row) => row.group }, ...plain];

/** The report of `groups export`: an offset file, or CSV as kafka-consumer-groups writes and reads it (without a header). */
export function exportReport(file: OffsetFile): Report {
  const rows = file.groups
    .flatMap(({ group = '', partitions }) => partitions.map((entry) => ({ ...entry, group })))
    .sort(compareRows);
  return {
    document: formatOffsetFile(file),
    defaultFormat: 'json',
    items: rows.map(({ group, topic, partition, offset, leaderEpoch, metadata }) => ({
      group,
      topic,
      partition,
      offset,
      leaderEpoch: leaderEpoch ?? null,
      metadata: metadata ?? null,
    })),
    tables: [
      table<Row>({
        columns: [...withGroup, { title: 'METADATA', value: (row) => row.metadata, wide: true }],
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
