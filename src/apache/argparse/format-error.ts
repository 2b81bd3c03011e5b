import type { ArgumentError } from './argument-error.js';
import type { ParserSpec } from './argument-spec.js';
import { formatUsage } from './format-help.js';
import { formatNearFlags } from './near-flags.js';
import { wrapText } from './wrap-text.js';

/** What argparse4j prints of an error: usage, the message, and near names of an unknown option; ends in a newline. */
export function formatArgumentError(parser: ParserSpec, error: ArgumentError, width: number): string {
  const near = error.unrecognized === undefined ? '' : formatNearFlags(parser, error.unrecognized);
  return `${formatUsage(parser, width)}${wrapText(`${parser.prog}: error: ${error.message}\n`, { width })}${near}`;
}
