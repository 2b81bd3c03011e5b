import { CommanderError } from 'commander';
import { describeError, describeParserError, exitCodeOf, exitCodes } from './exit.js';
import { createProgram } from './program.js';

/** Runs one command line and sets the exit code; never throws. */
async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => onStreamError('standard output', error));
  process.stderr.on('error', (error: NodeJS.ErrnoException) => onStreamError('standard error', error));
  const program = createProgram((noun) => argv.includes(noun));
  try {
    await program.parseAsync(withHelpFlag(argv));
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    const lines =
      error instanceof CommanderError ? describeParserError(error, program, argv) : describeError(error, argv.includes('--debug'));
    if (lines.length === 0) return;
    const { escapeControls } = await import('../core/terminal-safe.js');
    for (const line of lines) process.stderr.write(`${escapeControls(line)}\n`);
  }
}

/** `kafkit help topics list` is `kafkit topics list --help`: the parser's own help command knows one level only. */
function withHelpFlag(argv: readonly string[]): readonly string[] {
  const [node = '', script = '', first, ...rest] = argv;
  return first === 'help' && rest.length > 0 ? [node, script, ...rest, '--help'] : argv;
}

/** A reader that goes away (`| head`) ends the program quietly; anything else is a failure. */
function onStreamError(name: string, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = exitCodes.failed;
  if (name === 'standard output') process.stderr.write(`error: cannot write to ${name}: ${error.message}\n`);
}

await main(process.argv);
