import type { FaultRun } from './run-batch.js';

/** What makes one row: a scenario under a fault, a scenario under all of them, or a fault whatever it struck. */
export type RowKey = 'scenario and fault' | 'scenario' | 'fault';

const keys: Readonly<Record<RowKey, { readonly head: string; readonly of: (run: FaultRun) => string }>> = {
  'scenario and fault': { head: 'scenario | fault', of: ({ scenario, fault }) => `${scenario} | ${fault}` },
  scenario: { head: 'scenario', of: ({ scenario }) => scenario },
  fault: { head: 'fault', of: ({ fault }) => fault },
};
const columns = 'runs | acknowledged | missing | duplicated | reordered | late | memory | exit codes | partial | violations';

/** The runs as a Markdown table. `late` and `memory` are the worst of each row, `partial` counts reports of a change half done. */
export function formatRuns(runs: readonly FaultRun[], by: RowKey = 'scenario and fault'): string {
  const { head, of } = keys[by];
  const groups = new Map<string, FaultRun[]>();
  for (const run of runs) groups.set(of(run), [...(groups.get(of(run)) ?? []), run]);
  const rows = [...groups].map(([key, group]) => `${key} | ${formatCells(group).join(' | ')}`).sort();
  const title = `${head} | ${columns}`;
  return [title, title.replaceAll(/[^|]+/g, ' --- ').trim(), ...rows].map((row) => `| ${row} |`).join('\n');
}

function formatCells(group: readonly FaultRun[]): (string | number)[] {
  const sum = (pick: (run: FaultRun) => number | undefined): number => group.reduce((total, run) => total + (pick(run) ?? 0), 0);
  const late = Math.max(...group.map(({ lateMs = 0 }) => lateMs));
  const peak = Math.max(...group.map(({ peakMiB }) => peakMiB));
  const codes = [...new Set(group.flatMap(({ exits = [] }) => exits))].map((code) => code ?? 'killed');
  return [
    group.length,
    sum((run) => run.acknowledged),
    sum((run) => run.missing),
    sum((run) => run.duplicated),
    sum((run) => run.reordered),
    late === 0 ? '' : `${(late / 1000).toFixed(1)} s`,
    peak === 0 ? '' : `${Math.round(peak)} MiB`,
    codes.sort((left, right) => Number(left) - Number(right)).join(', '),
    sum(({ isPartial }) => (isPartial === true ? 1 : 0)),
    group.filter((run) => run.violations.length > 0).length,
  ];
}
