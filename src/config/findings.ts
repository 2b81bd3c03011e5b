import { CliError } from '../core/errors.js';
import { shownValue } from '../core/shown-value.js';
import type { Sourced } from './resolve.js';

const bits = { INT: 32, LONG: 64 } as const;

function largest(type: keyof typeof bits): bigint {
  return 2n ** BigInt(bits[type] - 1) - 1n;
}

/** Reads settings one by one and gathers everything that is wrong or odd, so that all of it is told at once. */
export class Findings {
  readonly problems: string[];
  readonly warnings: string[];
  private readonly values: ReadonlyMap<string, Sourced>;

  constructor(values: ReadonlyMap<string, Sourced>, problems: readonly string[], warnings: readonly string[]) {
    this.values = values;
    this.problems = [...problems];
    this.warnings = [...warnings];
  }

  /** The value of a key; undefined where nobody set it. */
  get(key: string): string | undefined {
    return this.values.get(key)?.value;
  }

  /** Where a key was set, for messages. */
  sourceOf(key: string): string {
    return this.values.get(key)?.source ?? 'defaults';
  }

  /** Notes that the value of `key` is wrong; `text` follows the key's name and must not repeat a secret. */
  problem(key: string, text: string): void {
    this.problems.push(`${this.sourceOf(key)}: ${key} ${text}`);
  }

  warn(key: string, text: string): void {
    this.warnings.push(`${this.sourceOf(key)}: ${key} ${text}`);
  }

  /** A whole number from `minimum` up to what Kafka's type of the setting holds, or the default. */
  integer(key: string, type: 'INT' | 'LONG', { fallback, minimum }: { fallback: number; minimum: number }): number {
    const text = this.get(key)?.trim();
    if (text === undefined) return fallback;
    const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
    const isOfType = value !== undefined && BigInt.asIntN(bits[type], value) === value;
    // Past 2^53 a time is for ever, whatever its last digits.
    if (isOfType && value >= minimum) return Number(value);
    const problem = value === undefined || value < minimum ? `of at least ${minimum}` : `of type ${type}, at most ${largest(type)}`;
    this.problem(key, `must be a whole number ${problem}, found ${shownValue(text)}`);
    return fallback;
  }

  /** One of the given words, in any case, or the default; `likely` are words that people write instead. */
  choice<W extends string>(key: string, words: readonly W[], fallback: W, likely: readonly string[] = []): W {
    const text = this.get(key)?.trim();
    if (text === undefined) return fallback;
    const found = words.find((word) => word === text.toUpperCase());
    if (found === undefined) this.problem(key, `must be one of ${words.join(', ')}, found ${shownValue(text, likely)}`);
    return found ?? fallback;
  }

  /** @throws CliError `config` with every problem found so far */
  throwIfAny(): void {
    const [first] = this.problems;
    if (first === undefined) return;
    if (this.problems.length === 1) throw new CliError('config', first);
    throw new CliError('config', `${this.problems.length} problems with the connection settings:\n  ${this.problems.join('\n  ')}`);
  }
}
