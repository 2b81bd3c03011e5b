import type { OptionSpec } from './option-spec.js';

/** A command line that a tool refuses with its message and the table of its options on stderr, exit 1; the runner prints both. */
export class UsageError extends Error {
  /** The options of the table. */
  readonly specs: readonly OptionSpec[];

  constructor(message: string, specs: readonly OptionSpec[]) {
    super(message);
    this.name = 'UsageError';
    this.specs = specs;
  }
}
