import type { OptionSet } from './option-set.js';
import { UsageError } from './usage-error.js';

/**
 * The options that a tool cannot do without, looked for in the order given.
 *
 * @throws UsageError for the first that is absent
 */
export function checkRequired(options: OptionSet, ...names: readonly string[]): void {
  const absent = names.find((name) => !options.has(name));
  if (absent !== undefined) throw new UsageError(`Missing required argument "[${absent}]"`, options.specs);
}

/**
 * The options that make no sense beside `used`, looked for in the order given.
 *
 * @throws UsageError for the first that is there
 */
export function checkInvalid(options: OptionSet, used: string, ...invalid: readonly string[]): void {
  if (!options.has(used)) return;
  const present = invalid.find((name) => options.has(name));
  if (present !== undefined) {
    throw new UsageError(`Option "[${used}]" can't be used with option "[${present}]"`, options.specs);
  }
}

/**
 * Options of which a tool wants one and no more.
 *
 * @throws UsageError where none or several are there
 */
export function checkExactlyOne(options: OptionSet, ...names: readonly string[]): void {
  if (names.filter((name) => options.has(name)).length === 1) return;
  const list = names.map((name) => `[${name}]`).join(', ');
  throw new UsageError(`Exactly one of the following arguments is required: ${list}`, options.specs);
}
