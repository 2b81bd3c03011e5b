import { batchTrials } from './batch-trials.js';
import { logStartTrial } from './log-start-trial.js';
import { outputTrials } from './output-trials.js';
import type { Trial } from './trial.js';

/** Everything that the harness can do. */
export const allTrials: readonly Trial[] = [...batchTrials, logStartTrial, ...outputTrials];
