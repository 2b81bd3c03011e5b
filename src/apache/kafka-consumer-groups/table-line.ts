/** One line of a table: each cell padded to its width, a blank between; a cell without a width stands as it is. */
export function tableLine(cells: readonly string[], widths: readonly (number | undefined)[]): string {
  return cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' ');
}

/** The width of a column: that of its longest cell, and at least the one given. */
export function columnWidth(least: number, cells: readonly string[]): number {
  return cells.reduce((width, cell) => Math.max(width, cell.length), least);
}
