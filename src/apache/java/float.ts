import { formatDouble } from './double.js';

/** A `Float` as Java writes it: the fewest digits that tell it from its neighbours. `value` is exactly a float. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatDouble(value);
  for (let digits = 2; digits < 10; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return formatDouble(Number(text));
  }
  return formatDouble(value);
}
