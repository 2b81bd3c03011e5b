import type { Cell, Table } from './report.js';

/** A table as CSV (RFC 4180 with LF line ends): every column, titles in lower case with underscores as the header. */
export function formatCsv<Row>(table: Table<Row>): string {
  const header = table.columns.map((column) => column.title.toLowerCase().replaceAll('-', '_'));
  const lines = [
    ...(table.headless === true ? [] : [header]),
    ...table.rows.map((row) => table.columns.map((column) => quote(column.value(row)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}

function quote(value: Cell): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
