import type { OptionSpec } from './option-spec.js';

/** What an option with an argument may say beyond its name: the type of its value, and the value where it is absent. */
export type ArgumentDetails = Partial<Pick<OptionSpec, 'type' | 'default'>>;

/** Declares an option without an argument. */
export function flag(name: string, description: string): OptionSpec {
  return { name, argument: 'none', description };
}

/** Declares an option that must have an argument, which the usage table calls `describedAs`. */
export function valued(name: string, describedAs: string | undefined, description: string, more: ArgumentDetails = {}): OptionSpec {
  return { name, argument: 'required', ...(describedAs === undefined ? {} : { describedAs }), description, ...more };
}

/** Declares an option that may stand without its argument. */
export function optionally(name: string, describedAs: string | undefined, description: string): OptionSpec {
  return { name, argument: 'optional', ...(describedAs === undefined ? {} : { describedAs }), description };
}
