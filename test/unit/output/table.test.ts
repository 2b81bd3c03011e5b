import { expect, test } from 'vitest';
import { formatTable } from '../../../src/output/table.js';
import { createTheme } from '../../../src/output/theme.js';
import type { Column } from '../../../src/output/report.js';

interface Row {
  readonly name: string;
  readonly count?: number | bigint | undefined;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', value: (row) => row.name },
  { title: 'COUNT', value: (row) => row.count },
  { title: 'DOUBLE', value: (row) => (typeof row.count === 'number' ? row.count * 2 : undefined), wide: true },
];

const render = async (rows: readonly Row[], options: { wide?: boolean; color?: boolean } = {}): Promise<string> =>
  formatTable({ columns, rows }, { wide: options.wide ?? false, theme: await createTheme(options.color ?? false) });

test('text is left-aligned, numbers are right-aligned, what is missing is a dash, and no line ends in blanks', async () => {
  expect(await render([{ name: 'a', count: 5 }, { name: 'long-name', count: 12345678901234567890n }, { name: 'b' }])).toBe(
    [
      'NAME                      COUNT',
      'a                             5',
      'long-name  12345678901234567890',
      'b                             -',
      '',
    ].join('\n'),
  );
});

test('wide tables have more columns', async () => {
  expect(await render([{ name: 'a', count: 5 }], { wide: true })).toBe('NAME  COUNT  DOUBLE\na         5      10\n');
});

test('control characters are escaped, and an empty text is visible', async () => {
  expect(await render([{ name: 'a\u001b[31m\nb' }, { name: '' }])).toBe(
    'NAME          COUNT\na\\x1b[31m\\nb  -\n""            -\n',
  );
});

test('cells are as wide as a terminal shows them', async () => {
  expect(
    await render([
      { name: '日本', count: 1 },
      { name: 'abcd', count: 2 },
    ]),
  ).toBe('NAME  COUNT\n日本      1\nabcd      2\n');
});

test('colours do not change the widths', async () => {
  const columnsWithTone: readonly Column<Row>[] = [
    { title: 'NAME', value: (row) => row.name, tone: () => 'bad' },
    ...columns.slice(1),
  ];
  const text = await formatTable(
    { columns: columnsWithTone, rows: [{ name: 'a', count: 1 }] },
    { wide: false, theme: await createTheme(true) },
  );
  expect(text).toBe('\u001b[1mNAME\u001b[22m  \u001b[1mCOUNT\u001b[22m\n\u001b[31ma\u001b[39m         1\n');
});

test('ten thousand rows are no trouble', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({ name: `topic-${index}`, count: index }));
  expect((await render(rows)).split('\n')).toHaveLength(10_002);
});
