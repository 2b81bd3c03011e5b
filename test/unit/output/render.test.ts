import { describe, expect, test } from 'vitest';
import { renderReport, type ReportFormat } from '../../../src/output/render.js';
import { table, type Report } from '../../../src/output/report.js';
import { createTheme } from '../../../src/output/theme.js';

const rows = [
  { name: 'a', lag: 9007199254740993n },
  { name: 'b,"c"', lag: undefined },
];

const report: Report = {
  document: { groups: rows.map(({ name, lag }) => ({ name, lag: lag ?? null })), total: 2 },
  tables: [
    table<(typeof rows)[number]>({
      title: 'GROUPS',
      columns: [
        { title: 'GROUP-NAME', value: (row) => row.name },
        { title: 'LAG', value: (row) => row.lag, wide: true },
      ],
      rows,
    }),
    table<never>({ columns: [{ title: 'X', value: () => 1 }], rows: [], empty: 'no members' }),
  ],
  names: ['a', 'b\u001b'],
  notes: ['a note\u0007'],
};

const render = (format: ReportFormat, changed: Partial<Report> = {}) =>
  renderReport({ ...report, ...changed }, format, () => createTheme(false));

describe('renderReport', () => {
  test.each([
    ['table', 'GROUPS\nGROUP-NAME\na\nb,"c"\n\na note\\x07\n', 'no members\n'],
    [
      'wide',
      'GROUPS\nGROUP-NAME               LAG\na           9007199254740993\nb,"c"                      -\n\na note\\x07\n',
      'no members\n',
    ],
    ['jsonl', '{"name":"a","lag":9007199254740993}\n{"name":"b,\\"c\\"","lag":null}\n', ''],
    ['csv', 'group_name,lag\na,9007199254740993\n"b,""c""",\n', ''],
    ['names', 'a\nb\\x1b\n', ''],
  ] as const)('%s', async (format, stdout, stderr) => {
    expect(await render(format)).toEqual({ stdout, stderr });
  });

  test('json is one document with exact integers', async () => {
    const { stdout, stderr } = await render('json');
    expect(stdout).toBe(
      [
        '{',
        '  "groups": [',
        '    {',
        '      "name": "a",',
        '      "lag": 9007199254740993',
        '    },',
        '    {',
        '      "name": "b,\\"c\\"",',
        '      "lag": null',
        '    }',
        '  ],',
        '  "total": 2',
        '}',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('');
  });

  test('csv is the table meant for it, else the first', async () => {
    const csv = table<number>({ columns: [{ title: 'N', value: (row) => row }], rows: [1] });
    expect(await render('csv', { csv })).toEqual({ stdout: 'n\n1\n', stderr: '' });
  });

  test('names are refused where there are none', async () => {
    const { names: _names, ...nameless } = report;
    await expect(renderReport(nameless, 'names', () => createTheme(false))).rejects.toMatchObject({ code: 'usage' });
  });

  test('an empty table leaves standard output empty', async () => {
    const empty = table<never>({ columns: [], rows: [], empty: 'nothing' });
    expect(await renderReport({ document: {}, tables: [empty] }, 'table', () => createTheme(false))).toEqual({
      stdout: '',
      stderr: 'nothing\n',
    });
  });
});

test('JSON holds no character that a terminal acts on, and still says the same', async () => {
  const name = 'a\u001b[2J\u009b31m\u007f\u202e\ufeffé😀';
  for (const format of ['json', 'jsonl'] as const) {
    const { stdout } = await render(format, { document: { name }, items: [{ name }] });
    // eslint-disable-next-line no-control-regex -- control characters are the point
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ufeff]/);
    expect(JSON.parse(stdout)).toEqual({ name });
  }
});
