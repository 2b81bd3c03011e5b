import { ArgumentError } from '../argparse/argument-error.js';
import type { ParserSpec } from '../argparse/argument-spec.js';
import { parseArguments } from '../argparse/parse-arguments.js';
import type { ParsedArguments } from '../argparse/parsed-arguments.js';
import { formatWidth } from '../argparse/wrap-text.js';
import type { ToolOutcome, ToolRun } from '../tool.js';

/**
 * Parses the command line and runs the tool on it. Without arguments the help is shown and all is well; with `--help` it is an
 * error, as these tools handle it as one; an argument error shows usage and message on stderr.
 */
export async function runParsed(
  run: ToolRun,
  parser: ParserSpec,
  body: (parsed: ParsedArguments) => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
  const width = formatWidth(run.env);
  try {
    const parsed = run.argv.length === 0 ? 'help' : parseArguments(parser, run.argv);
    if (parsed !== 'help') return await body(parsed);
    const { formatHelp } = await import('../argparse/format-help.js');
    run.out(formatHelp(parser, width));
    return { exit: run.argv.length === 0 ? 0 : 1 };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const { formatArgumentError } = await import('../argparse/format-error.js');
    run.err(formatArgumentError(parser, error, width));
    return { exit: 1 };
  }
}
