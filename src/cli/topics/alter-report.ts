import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import type { AlterPlan } from '../../core/topics/plan-alter.js';
import type { AlterTopicsResult, ChangeResult } from '../../operations/topics/alter.js';

type Row = Pick<ChangeResult, 'change'> & Partial<ChangeResult>;

const changeColumns: readonly Column<Row>[] = [
  { title: 'TOPIC', value: ({ change }) => change.topic },
  { title: 'CHANGE', value: ({ change }) => (change.kind === 'partitions' ? 'partitions' : change.setting) },
  { title: 'FROM', value: ({ change }) => change.from },
  {
    title: 'TO',
    value: ({ change }) => (change.kind === 'config' && change.operation === 'delete' ? inherited(change.to) : change.to),
  },
];

const statusColumn: Column<Row> = {
  title: 'STATUS',
  value: ({ status }) => status,
  tone: ({ status }) => (status === 'changed' ? 'good' : 'bad'),
};

function inherited(value: string | null | undefined): string {
  return value === null || value === undefined ? 'default' : `${value} (inherited)`;
}

/** The plan of `topics alter`, for the terminal. */
export function planReport({ changes, warnings }: AlterPlan): Report {
  return {
    document: { changes: changes.map((change) => changeDocument({ change })) },
    tables: [table<Row>({ columns: changeColumns, rows: changes.map((change) => ({ change })) })],
    notes: warnings.map((warning) => `warning: ${warning}`),
  };
}

/** The report of `topics alter`; of a dry run, the plan. */
export function alterReport({ plan, results }: AlterTopicsResult): Report {
  if (results === undefined) {
    const report = planReport(plan);
    return { ...report, document: { dryRun: true, ...report.document } };
  }
  return {
    document: { dryRun: false, changes: results.map(changeDocument) },
    tables: [table<Row>({ columns: [...changeColumns, statusColumn], rows: results, empty: 'nothing to change' })],
    ...(results.some(({ status }) => status !== 'changed') && { exitCode: exitCodes.failed }),
  };
}

function changeDocument({ change, status, error }: Row): Record<string, unknown> {
  return {
    topic: change.topic,
    kind: change.kind,
    ...(change.kind === 'config' && { setting: change.setting, operation: change.operation }),
    from: change.from ?? null,
    to: change.to ?? null,
    status: status ?? 'planned',
    error: errorDocument(error),
  };
}
