import { escapeControls } from '../core/terminal-safe.js';
import type { Cell, Column, Table } from './report.js';
import type { Theme } from './theme.js';

/**
 * A table without borders: upper-case titles, numbers right-aligned, missing values as `-`, control characters escaped; ends in
 * a newline. Cells are never cut, so the bytes do not depend on the width of the window.
 */
export async function formatTable<Row>(table: Table<Row>, options: { wide: boolean; theme: Theme }): Promise<string> {
  const columns = table.columns.filter((column) => options.wide || column.wide !== true);
  const texts = columns.map((column) => table.rows.map((row) => formatCell(column.value(row))));
  const widthOf = await measure(texts);
  const blocks = columns.map((column, index) =>
    layOut(column, { rows: table.rows, texts: texts[index] ?? [], widthOf }, options.theme),
  );
  const lines = [blocks.map(({ title }) => title)];
  for (let index = 0; index < table.rows.length; index++) lines.push(blocks.map(({ cells }) => cells[index] ?? ''));
  return lines.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('');
}

interface Block {
  readonly title: string;
  readonly cells: readonly string[];
}

interface Content<Row> {
  readonly rows: readonly Row[];
  readonly texts: readonly string[];
  readonly widthOf: (text: string) => number;
}

/** One column's title and cells, padded to one width; colours are put on last, since they have no width. */
function layOut<Row>(column: Column<Row>, { rows, texts, widthOf }: Content<Row>, theme: Theme): Block {
  const widths = texts.map(widthOf);
  const width = widths.reduce((widest, each) => Math.max(widest, each), column.title.length);
  const alignRight = isNumericColumn(column, rows);
  const pad = (own: number, shown: string): string => {
    const blanks = ' '.repeat(width - own);
    return alignRight ? blanks + shown : shown + blanks;
  };
  return {
    title: pad(column.title.length, theme.title(column.title)),
    cells: rows.map((row, index) => pad(widths[index] ?? 0, theme.tone(column.tone?.(row), texts[index] ?? ''))),
  };
}

const isPlain = /^[\x20-\x7e]*$/;

/** How wide a text is on a terminal. Nearly all text here is ASCII, and loading the tables of Unicode takes 20 ms. */
async function measure(columns: readonly (readonly string[])[]): Promise<(text: string) => number> {
  if (columns.every((texts) => texts.every((text) => isPlain.test(text)))) return (text) => text.length;
  const { default: stringWidth } = await import('string-width');
  return (text) => (isPlain.test(text) ? text.length : stringWidth(text));
}

/** Whether a column holds numbers only, and is therefore aligned to the right. */
export function isNumericColumn<Row>(column: Column<Row>, rows: readonly Row[]): boolean {
  const given = rows.map((row) => column.value(row)).filter((value) => value !== null && value !== undefined);
  return given.length > 0 && given.every((value) => typeof value === 'number' || typeof value === 'bigint');
}

/** A cell's text, before padding and colour. */
export function formatCell(value: Cell): string {
  if (value === null || value === undefined) return '-';
  // An empty text would look like a missing column.
  return typeof value === 'string' ? escapeControls(value) || '""' : String(value);
}
