import { nearMatch } from '../near-match.js';

/** A hint for the first name that no topic setting has but that is near to one; undefined where there is none. */
export function misspeltConfigHint(names: readonly string[], known: Iterable<string>): string | undefined {
  const all = new Set(known);
  for (const name of names) {
    const near = all.has(name) ? undefined : nearMatch(name, all);
    if (near !== undefined) return `did you mean ${near} instead of ${name}?`;
  }
  return undefined;
}
