import type { FaultRun } from './run-batch.js';

/** The runs as a Markdown table: one row for each scenario and fault. */
export function formatRuns(runs: readonly FaultRun[]): string {
  const groups = new Map<string, FaultRun[]>();
  for (const run of runs) {
    const key = `${run.scenario} | ${run.fault}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const rows = [...groups].map(([key, group]) => {
    const sum = (pick: (run: FaultRun) => number | undefined): number => group.reduce((total, run) => total + (pick(run) ?? 0), 0);
    const violations = group.filter((run) => run.violations.length > 0).length;
    const late = Math.max(...group.map(({ lateMs = 0 }) => lateMs));
    const peak = Math.max(...group.map(({ peakMiB }) => peakMiB));
    return [
      key,
      group.length,
      sum((run) => run.acknowledged),
      sum((run) => run.missing),
      sum((run) => run.duplicated),
      sum((run) => run.reordered),
      late === 0 ? '' : `${(late / 1000).toFixed(1)} s`,
      peak === 0 ? '' : `${Math.round(peak)} MiB`,
      violations,
    ].join(' | ');
  });
  const head = 'scenario | fault | runs | acknowledged | missing | duplicated | reordered | late | memory | violations';
  const rule = head
    .split(' | ')
    .map(() => '---')
    .join(' | ');
  return [head, rule, ...rows.sort()].map((row) => `| ${row} |`).join('\n');
}
