import { batchTrials } from './batch-trials.js';
import { heldRecreatedTrial } from './held-recreated-trial.js';
import { logStartTrial } from './log-start-trial.js';
import { outputTrials } from './output-trials.js';
import { recreatedTrials } from './recreated-trials.js';
import type { Trial } from './trial.js';
import { uncleanTrial } from './unclean-trial.js';

/** Everything that the harness can do. */
export const allTrials: readonly Trial[] = [
  ...batchTrials,
  logStartTrial,
  uncleanTrial,
  ...recreatedTrials,
  heldRecreatedTrial,
  ...outputTrials,
];
