import { median, type Measurement } from './measure.js';

/** What one peer did in one scenario, over all rounds. */
export interface Result {
  readonly scenario: string;
  readonly peer: string;
  readonly version: string;
  readonly command: string;
  readonly runs: readonly Measurement[];
}

/** Peers that are kafkit by another door: what others are compared with is the native one. */
const ours = 'kafkit';

/**
 * The table: seconds and processor seconds, each the least and the median of all rounds, how kafkit's compare with them, and peak
 * memory. A program that waits for itself now and then is judged by its least, one that is slowed by others by its median.
 */
export function formatResults(results: readonly Result[]): string {
  const lines = [
    '| scenario | peer | min s | median s | kafkit / peer: min | median | CPU min s | median s | kafkit / peer: min | median | peak MiB |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const rows = results.filter((result) => result.scenario === scenario);
    const own = rows.find((row) => row.peer === ours);
    for (const row of rows) lines.push(formatRow(row, own === row ? undefined : own));
  }
  return lines.join('\n');
}

function formatRow(row: Result, own: Result | undefined): string {
  const peaks = row.runs.map((run) => run.peakMiB).filter((peak) => peak !== undefined);
  const cells = [
    row.scenario,
    row.peer,
    ...compare(row, own, (run) => run.seconds, 3),
    ...compare(row, own, (run) => run.cpuSeconds, 2),
    peaks.length === 0 ? '-' : Math.max(...peaks).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Least and median of a row, and how kafkit's compare with them. */
function compare(row: Result, own: Result | undefined, of: (run: Measurement) => number | undefined, digits: number): string[] {
  const figures = (result: Result): number[] => {
    const values = result.runs.map(of).filter((value) => value !== undefined);
    return values.length === 0 ? [] : [Math.min(...values), median(values)];
  };
  const theirs = figures(row);
  const mine = own === undefined ? [] : figures(own);
  const [least = '-', middle = '-'] = theirs.map((value) => value.toFixed(digits));
  const [byLeast = '', byMiddle = ''] = mine.map((value, index) => (value / (theirs[index] ?? NaN)).toFixed(2));
  return [least, middle, byLeast, byMiddle];
}
