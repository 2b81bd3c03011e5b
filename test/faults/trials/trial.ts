import type { FaultRun } from '../run-batch.js';
import type { Verdict } from '../scenario.js';
import type { World } from '../world.js';

/** One kind of trouble, and what it can find at work. */
export interface Trial {
  readonly fault: string;
  readonly scenarios: readonly string[];
  /** Runs all of its scenarios once; those that the trouble did not find at work are left out. */
  run(world: World): Promise<FaultRun[]>;
}

/** The verdicts of a trial as its runs; what fails instead of judging is a violation. */
export function judgeAll(fault: string, verdicts: Readonly<Record<string, Promise<Verdict | undefined>>>): Promise<FaultRun[]> {
  const runs = Object.entries(verdicts).map(async ([scenario, verdict]): Promise<FaultRun[]> => {
    const judged = await verdict.catch((error: unknown): Verdict => ({ violations: [String(error)], peakMiB: 0 }));
    return judged === undefined ? [] : [{ ...judged, scenario, fault }];
  });
  return Promise.all(runs).then((found) => found.flat());
}
