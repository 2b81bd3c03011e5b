import { fullCast } from '../casts.js';
import { faults } from '../faults.js';
import { isFelt, runBatch } from '../run-batch.js';
import type { Trial } from './trial.js';

/** Every fault that strikes all scenarios at once. */
export const batchTrials: readonly Trial[] = faults.map((fault) => ({
  fault: fault.name,
  scenarios: fullCast()
    .scenarios.filter((scenario) => isFelt(fault, scenario))
    .map(({ name }) => name),
  run: (world) => runBatch(world, fault, fullCast()),
}));
