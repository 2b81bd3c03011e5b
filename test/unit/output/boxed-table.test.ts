import { expect, test } from 'vitest';
import { formatBoxedTable } from '../../../src/output/boxed-table.js';
import type { Table } from '../../../src/output/report.js';
import { createTheme } from '../../../src/output/theme.js';

interface Row {
  readonly name: string;
  readonly count: number;
}

const table: Table<Row> = {
  columns: [
    { title: 'TOPIC', value: ({ name }) => name },
    { title: 'RECORDS', value: ({ count }) => count },
    { title: 'ID', value: () => 'x', wide: true },
  ],
  rows: [
    { name: 'orders', count: 5 },
    { name: 'b\u001b[31m', count: 1234 },
  ],
};

test('a plan stands in a box, numbers to the right and control characters escaped', async () => {
  expect(formatBoxedTable(table, { theme: await createTheme(false), columns: 80 })).toBe(
    [
      '┌───────────┬─────────┐',
      '│ TOPIC     │ RECORDS │',
      '├───────────┼─────────┤',
      '│ orders    │       5 │',
      '│ b\\x1b[31m │    1234 │',
      '└───────────┴─────────┘',
      '',
    ].join('\n'),
  );
});

test('a window that is too narrow gets no box', async () => {
  expect(formatBoxedTable(table, { theme: await createTheme(false), columns: 22 })).toBeUndefined();
});

test('a plan of thousands of rows gets no box', async () => {
  const rows = Array.from({ length: 5000 }, (_, count) => ({ name: 'orders', count }));
  expect(formatBoxedTable({ ...table, rows }, { theme: await createTheme(false), columns: 80 })).toBeUndefined();
});
