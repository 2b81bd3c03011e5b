import { OptionError, type OptionSpec } from './option-spec.js';

const limits = { Integer: 2n ** 31n, Long: 2n ** 63n } as const;

/** The options found on a command line. Values are converted when they are read, and a second value is noticed then, as in jopt-simple. */
export class OptionSet {
  /** The options that the tool knows, for its usage table. */
  readonly specs: readonly OptionSpec[];
  private readonly detected = new Map<string, string[]>();
  /** Every occurrence of an option, in the order of the command line. */
  readonly order: string[] = [];
  /** Words that belong to no option; every tool ignores them. */
  readonly words: string[] = [];

  constructor(specs: readonly OptionSpec[]) {
    this.specs = specs;
  }

  /** Notes one occurrence; used by the parser. */
  add(name: string, value?: string): void {
    const values = this.detected.get(name) ?? [];
    if (value !== undefined) values.push(value);
    this.detected.set(name, values);
    this.order.push(name);
  }

  has(name: string): boolean {
    return this.detected.has(name);
  }

  /** Every value given, in order; the default where the option is absent. */
  values(name: string): readonly string[] {
    const given = this.detected.get(name);
    if (given !== undefined && given.length > 0) return given;
    const fallback = this.specs.find((spec) => spec.name === name)?.default;
    return fallback === undefined ? [] : [fallback];
  }

  /**
   * The one value of an option.
   *
   * @throws OptionError when it was given twice
   */
  text(name: string): string | undefined {
    const values = this.values(name);
    if (values.length > 1) {
      throw new OptionError(
        'MultipleArgumentsForOptionException',
        `Found multiple arguments for option ${name}, but you asked for only one`,
      );
    }
    return values[0];
  }

  /**
   * The one value of an option of type Integer, as Java's `Integer.valueOf` reads it.
   *
   * @throws OptionError when one of its values is no 32-bit number, or it was given twice
   */
  integer(name: string): number | undefined {
    const value = this.whole(name, limits.Integer);
    return value === undefined ? undefined : Number(value);
  }

  /**
   * The one value of an option of type Long, as Java's `Long.valueOf` reads it.
   *
   * @throws OptionError when one of its values is no 64-bit number, or it was given twice
   */
  long(name: string): bigint | undefined {
    return this.whole(name, limits.Long);
  }

  /**
   * Every value of an option of type Long, in order.
   *
   * @throws OptionError when one is no 64-bit number
   */
  longs(name: string): readonly bigint[] {
    return this.values(name).map((text) => parseWhole(text, name, limits.Long));
  }

  private whole(name: string, limit: bigint): bigint | undefined {
    // jopt-simple reads every value before it counts them.
    const [value] = this.values(name).map((text) => parseWhole(text, name, limit));
    this.text(name);
    return value;
  }
}

function parseWhole(text: string, name: string, limit: bigint): bigint {
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
  if (value !== undefined && value >= -limit && value < limit) return value;
  throw new OptionError('OptionArgumentConversionException', `Cannot parse argument '${text}' of option ${name}`, text);
}
