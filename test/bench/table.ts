import { median, type Measurement } from './measure.js';

/** What one peer did in one scenario, over all rounds. */
export interface Result {
  readonly scenario: string;
  readonly peer: string;
  readonly version: string;
  readonly command: string;
  readonly runs: readonly Measurement[];
}

/** The table of medians: seconds, their spread, the ratio to kafkit, peak memory. */
export function formatResults(results: readonly Result[]): string {
  const lines = [
    '| scenario | peer | median s | min-max s | kafkit / peer | peak MiB |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
  ];
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const rows = results.filter((result) => result.scenario === scenario);
    const ours = rows.find((row) => row.peer === 'kafkit');
    for (const row of rows) lines.push(formatRow(row, ours));
  }
  return lines.join('\n');
}

function formatRow(row: Result, ours: Result | undefined): string {
  const seconds = row.runs.map((run) => run.seconds);
  const middle = median(seconds);
  const ratio = ours === undefined || row === ours ? '' : (median(ours.runs.map((run) => run.seconds)) / middle).toFixed(2);
  const peaks = row.runs.map((run) => run.peakMiB).filter((peak) => peak !== undefined);
  const digits = middle < 0.5 ? 3 : 2;
  const spread = `${Math.min(...seconds).toFixed(digits)}-${Math.max(...seconds).toFixed(digits)}`;
  const peak = peaks.length === 0 ? '-' : Math.max(...peaks).toFixed(0);
  return `| ${row.scenario} | ${row.peer} | ${middle.toFixed(digits)} | ${spread} | ${ratio} | ${peak} |`;
}
