import type { Cluster } from '../client/cluster.js';

/** Everything variable that an operation uses; the fronts build one for each run, tests build their own. */
export interface Context {
  /** The cluster of this run: connected on first use, shared, closed by the front. */
  connect(): Promise<Cluster>;
  /** Aborted by Ctrl-C, SIGTERM, and by a closed stdout. */
  readonly signal: AbortSignal;
  /** Aborted by a second interrupt: what is still under way is to be given up, and accounted for. Absent where nobody says so. */
  readonly hurry?: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Tells the user of something that does not stop the work (stderr). */
  warn(message: string): void;
  /** Tells what the work is doing or waiting for, and nothing is wrong (stderr). */
  notice(message: string): void;
  /** Tells how far a long operation is (stderr, only to a terminal). */
  progress(message: string): void;
}

/** A change that was read and thought through but not made. `P` is the plan's own shape; each front renders it. */
export interface Approval<P> {
  /**
   * Shows the plan and asks. Resolves to `true` to apply it, `false` for a dry run.
   *
   * @throws CliError `declined` (exit 1) when the user says no; `usage` (exit 2) where nobody can be asked
   */
  (plan: P): Promise<boolean>;
}
