import type { CliError } from '../errors.js';

/** Why groups are missing from a listing. */
export interface ListingGap {
  /** Node id of the broker that did not answer; undefined where no broker holds the groups now. */
  readonly broker: number | undefined;
  readonly error: CliError;
}

/** A gap as a line of its own. */
export function describeGap({ broker, error }: ListingGap): string {
  return broker === undefined ? error.message : `broker ${broker} did not tell of its groups: ${error.message}`;
}
