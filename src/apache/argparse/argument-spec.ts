/** One option of a tool, as argparse4j declares it. */
export interface ArgumentSpec {
  /** Long and short spellings with their dashes; the first names it in messages of usage. */
  readonly flags: readonly string[];
  /** `flag` takes no value; `append` collects the values of every occurrence. */
  readonly action?: 'store' | 'append' | 'flag' | 'help';
  /** Takes one value after another up to the next option. */
  readonly many?: boolean;
  readonly metavar?: string;
  /** Java type of the value; text where absent. */
  readonly type?: 'Integer' | 'Long' | 'Double';
  /** The only values allowed, as `choose from {...}` shows them. */
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly help: string;
  /** What help shows as the default. */
  readonly default?: string;
}

/** Options under a title of their own. */
export interface ArgumentGroup {
  readonly title: string;
  readonly description: string;
  /** One of them has to be given, and no two. */
  readonly isExclusive?: boolean;
  readonly arguments: readonly ArgumentSpec[];
}

/** A tool's command line. */
export interface ParserSpec {
  /** The name in usage and errors. */
  readonly prog: string;
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly groups?: readonly ArgumentGroup[];
}

/** `-h`, which every parser has first. */
export const helpArgument: ArgumentSpec = { flags: ['-h', '--help'], action: 'help', help: 'show this help message and exit' };

/** Every option of a parser in the order of declaration. */
export function argumentsOf({ arguments: own, groups = [] }: ParserSpec): readonly ArgumentSpec[] {
  return [helpArgument, ...own, ...groups.flatMap((group) => group.arguments)];
}

/** How argparse4j names an option in messages. */
export function textualName({ flags }: ArgumentSpec): string {
  return flags.join('/');
}
