import type { LagRow } from './group-lag.js';

/** Why a partition has no lag, or not all of its records in it; undefined where there is nothing to say. */
export function describeLagState({ state, lost, problem }: LagRow): string | undefined {
  if (problem !== undefined) return problem;
  switch (state) {
    case 'ok':
      return undefined;
    case 'no-commit':
      return 'no commit';
    case 'below-zero':
      return 'commit below zero, which consumers take for none';
    case 'beyond-end':
      return 'commit beyond the end (log truncated, or topic created anew)';
    case 'before-start':
      return `${lost ?? 'some'} records were deleted unread`;
    case 'unknown':
      return 'could not be read';
  }
}
