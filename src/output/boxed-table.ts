import CliTable from 'cli-table3';
import { formatCell, isNumericColumn } from './table.js';
import type { Table } from './report.js';
import type { Theme } from './theme.js';

/** The table package takes quadratic time; beyond this a plan is read in the plain form anyway. */
const mostRows = 200;

/**
 * A table with lines around its cells: a plan that somebody is about to be asked about stands out from the report that follows.
 * `undefined` where it has too many rows, or would be wider than the window.
 */
export function formatBoxedTable<Row>(
  table: Table<Row>,
  { theme, columns: width }: { theme: Theme; columns: number },
): string | undefined {
  if (table.rows.length > mostRows) return undefined;
  const columns = table.columns.filter((column) => column.wide !== true);
  const boxed = new CliTable({
    head: columns.map((column) => theme.title(column.title)),
    colAligns: columns.map((column) => (isNumericColumn(column, table.rows) ? 'right' : 'left')),
    // Colours are the theme's.
    style: { head: [], border: [], compact: true },
  });
  for (const row of table.rows) boxed.push(columns.map((column) => theme.tone(column.tone?.(row), formatCell(column.value(row)))));
  if (boxed.width > width) return undefined;
  return `${boxed.toString()}\n`;
}
