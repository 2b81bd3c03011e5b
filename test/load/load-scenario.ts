import type { MeasuredProcess } from './measured-process.js';

/** Where a scenario runs. */
export interface LoadWorld {
  readonly bootstrap: string;
  /** For its files; gone afterwards. */
  readonly folder: string;
  /** Makes topics and groups of this run its own. */
  readonly name: string;
}

/** One row of the table. */
export interface LoadResult {
  readonly scenario: string;
  /** What was done, with the numbers that matter. */
  readonly what: string;
  readonly seconds: number;
  readonly peakMiB: number;
  readonly descriptors?: { readonly start: number; readonly end: number } | undefined;
  /** What must not be. */
  readonly violations: readonly string[];
}

/** A load of a given size; gives a row for each program that it watched. */
export type LoadScenario = (world: LoadWorld) => Promise<LoadResult[]>;

/** The descriptors of a process soon after its start and near its end. */
export function descriptorsOf({ samples }: MeasuredProcess): LoadResult['descriptors'] {
  const start = samples[Math.floor(samples.length / 10)];
  const end = samples.at(-1);
  return start === undefined || end === undefined ? undefined : { start: start.descriptors, end: end.descriptors };
}
