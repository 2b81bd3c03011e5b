/** The values of a command line by the first flag of each option, without its dashes. */
export class ParsedArguments {
  private readonly values = new Map<string, string[]>();

  /** Notes a value; `append` keeps earlier ones. Used by the parser. */
  set(name: string, values: readonly string[], append = false): void {
    this.values.set(name, [...(append ? (this.values.get(name) ?? []) : []), ...values]);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The value given last; of an option that takes many, the first of these. */
  text(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  /** Every value. */
  list(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** A value of type Integer or Double; the parser has checked it. */
  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  /** A value of type Long; the parser has checked it. */
  long(name: string): bigint | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : BigInt(text.replace(/^\+/, ''));
  }
}
