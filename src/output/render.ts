import { CliError } from '../core/errors.js';
import { escapeControls } from '../core/terminal-safe.js';
import type { Report } from './report.js';
import type { Theme } from './theme.js';

export type ReportFormat = 'table' | 'wide' | 'json' | 'jsonl' | 'csv' | 'names';

/** A report as the text of stdout, and the notices for stderr. */
export interface Rendered {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Renders a report in one format. Renderers are loaded on demand, so that JSON never pays for tables.
 *
 * @throws CliError `usage` where the report has no such form (`names`)
 */
export async function renderReport(report: Report, format: ReportFormat, theme: () => Promise<Theme>): Promise<Rendered> {
  switch (format) {
    case 'json':
      return { stdout: (await import('./json.js')).formatJson(report.document), stderr: '' };
    case 'jsonl': {
      const { formatJsonLine } = await import('./json.js');
      return { stdout: itemsOf(report).map(formatJsonLine).join(''), stderr: '' };
    }
    case 'names':
      return {
        stdout: namesOf(report)
          .map((name) => `${escapeControls(name)}\n`)
          .join(''),
        stderr: '',
      };
    case 'csv': {
      const { formatCsv } = await import('./csv.js');
      const one = report.csv ?? report.tables[0];
      return { stdout: one === undefined ? '' : formatCsv(one), stderr: '' };
    }
    case 'table':
    case 'wide':
      return renderTables(report, await theme(), { wide: format === 'wide' });
  }
}

/** A plan for the terminal it is asked on: tables in boxes where the window is wide enough (`columns`; 0 for no window). */
export function renderPlan(plan: Report, theme: Theme, columns: number): Promise<Rendered> {
  return renderTables(plan, theme, { wide: false, columns });
}

function itemsOf(report: Report): readonly unknown[] {
  if (report.items !== undefined) return report.items;
  const first = Object.values(report.document).find((member) => Array.isArray(member));
  return first === undefined ? [report.document] : (first as readonly unknown[]); // isArray() narrows to any[]
}

function namesOf(report: Report): readonly string[] {
  if (report.names === undefined)
    throw new CliError('usage', "this command has no '-o names' output", { hint: 'use -o json or -o table' });
  return report.names;
}

interface TableStyle {
  readonly wide: boolean;
  /** Boxes up to this width; none when absent. */
  readonly columns?: number;
}

async function renderTables(report: Report, theme: Theme, { wide, columns = 0 }: TableStyle): Promise<Rendered> {
  const { formatTable } = await import('./table.js');
  const boxes = columns > 0 ? await import('./boxed-table.js') : undefined;
  const blocks: string[] = [];
  const notices: string[] = [];
  for (const table of report.tables) {
    if (table.rows.length === 0) {
      if (table.empty !== undefined) notices.push(`${table.empty}\n`);
      continue;
    }
    const title = table.title === undefined ? '' : `${theme.title(escapeControls(table.title))}\n`;
    const boxed = boxes?.formatBoxedTable(table, { theme, columns });
    blocks.push(title + (boxed ?? (await formatTable(table, { wide, theme }))));
  }
  if (report.notes !== undefined && report.notes.length > 0)
    blocks.push(report.notes.map((note) => `${escapeControls(note)}\n`).join(''));
  return { stdout: blocks.join('\n'), stderr: notices.join('') };
}
