import stringWidth from 'string-width';
import { escapeControls } from '../core/terminal-safe.js';
import type { Cell, Column, Table } from './report.js';
import type { Theme } from './theme.js';

/**
 * A table without borders: upper-case titles, numbers right-aligned, missing values as `-`, control characters escaped; ends in
 * a newline. Cells are never cut, so the bytes do not depend on the width of the window.
 */
export function formatTable<Row>(table: Table<Row>, options: { wide: boolean; theme: Theme }): string {
  const { theme } = options;
  const blocks = table.columns
    .filter((column) => options.wide || column.wide !== true)
    .map((column) => layOut(column, table.rows, theme));
  const lines = [blocks.map(({ title }) => title)];
  for (let index = 0; index < table.rows.length; index++) lines.push(blocks.map(({ cells }) => cells[index] ?? ''));
  return lines.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('');
}

interface Block {
  readonly title: string;
  readonly cells: readonly string[];
}

/** One column's title and cells, padded to one width; colours are put on last, since they have no width. */
function layOut<Row>(column: Column<Row>, rows: readonly Row[], theme: Theme): Block {
  const values = rows.map((row) => column.value(row));
  const texts = values.map(formatCell);
  const widths = texts.map(widthOf);
  const width = widths.reduce((widest, each) => Math.max(widest, each), column.title.length);
  const alignRight = isNumeric(values);
  const pad = (own: number, shown: string): string => {
    const blanks = ' '.repeat(width - own);
    return alignRight ? blanks + shown : shown + blanks;
  };
  return {
    title: pad(column.title.length, theme.title(column.title)),
    cells: rows.map((row, index) => {
      const text = texts[index] ?? '';
      return pad(widths[index] ?? 0, theme.tone(column.tone?.(row), text));
    }),
  };
}

const isPlain = /^[\x20-\x7e]*$/;

function widthOf(text: string): number {
  // Measuring is a hundred times slower than counting, and nearly all text here is ASCII.
  return isPlain.test(text) ? text.length : stringWidth(text);
}

function isNumeric(values: readonly Cell[]): boolean {
  const given = values.filter((value) => value !== null && value !== undefined);
  return given.length > 0 && given.every((value) => typeof value === 'number' || typeof value === 'bigint');
}

function formatCell(value: Cell): string {
  if (value === null || value === undefined) return '-';
  // An empty text would look like a missing column.
  return typeof value === 'string' ? escapeControls(value) || '""' : String(value);
}
