import CliTable from 'cli-table3';
import { escapeControls } from '../core/terminal-safe.js';
import type { Cell, Column, Table } from './report.js';
import type { Theme } from './theme.js';

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map((part) => [part, '']),
);
const noLines = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

/** A borderless table: upper-case titles, numbers right-aligned, missing values as `-`, control characters escaped; ends in a newline. */
export function formatTable<Row>(table: Table<Row>, options: { wide: boolean; theme: Theme }): string {
  const columns = table.columns.filter((column) => options.wide || column.wide !== true);
  const rendered = new CliTable({
    head: columns.map((column) => options.theme.title(column.title)),
    colAligns: columns.map((column) => (isNumeric(column, table.rows) ? 'right' : 'left')),
    chars: { ...noBorders, ...noLines },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of table.rows) {
    rendered.push(columns.map((column) => options.theme.tone(column.tone?.(row), formatCell(column.value(row)))));
  }
  return `${rendered
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

function isNumeric<Row>(column: Column<Row>, rows: readonly Row[]): boolean {
  let numbers = 0;
  for (const row of rows) {
    const value = column.value(row);
    if (typeof value === 'number' || typeof value === 'bigint') numbers++;
    else if (value !== null && value !== undefined) return false;
  }
  return numbers > 0;
}

function formatCell(value: Cell): string {
  if (value === null || value === undefined) return '-';
  // An empty text would look like a missing column.
  return typeof value === 'string' ? escapeControls(value) || '""' : String(value);
}
