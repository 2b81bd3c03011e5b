/** One option of a tool, as jopt-simple declares it. */
export interface OptionSpec {
  readonly name: string;
  readonly argument: 'none' | 'required' | 'optional';
  /** How the usage table names the argument: `topic` in `--topic <String: topic>`. */
  readonly describedAs?: string;
  /** Java type of the argument, shown in the usage table and checked when the value is read. */
  readonly type?: 'String' | 'Integer' | 'Long';
  readonly description: string;
  /** Shown in the usage table, and the value where the option is absent. */
  readonly default?: string;
}

/** A command line that the parser, or a later look at a value, refuses; the message is jopt-simple's. */
export class OptionError extends Error {
  /** The exception, which tools that let it escape print: jopt-simple's without its package, Java's with it. */
  readonly javaClass: string;
  /** The value that is no number, where that is the matter. */
  readonly text: string | undefined;

  constructor(javaClass: string, message: string, text?: string) {
    super(message);
    this.name = 'OptionError';
    this.javaClass = javaClass;
    this.text = text;
  }
}
