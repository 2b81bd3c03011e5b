import { CommanderError, type Command } from 'commander';
import { readHelpWords } from './help-words.js';
import { describeParserError } from './parser-errors.js';
import { createProgram } from './program.js';

/** Runs one command line and sets the exit code; never throws. */
async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', onOutputError);
  // Stacks then name the source and not the packed program; reading the maps takes time that no other run should pay.
  if (argv.includes('--debug')) process.setSourceMapsEnabled(true);
  const program = createProgram((noun) => argv.includes(noun) || argv.includes('completion'));
  try {
    await program.parseAsync([...argv.slice(0, 2), ...readHelpWords(program, argv.slice(2))]);
  } catch (error) {
    const lines = error instanceof CommanderError ? onParserError(error, program, argv) : await onFailure(error, argv);
    if (lines.length === 0) return;
    const { escapeControls } = await import('../core/terminal-safe.js');
    for (const line of lines) process.stderr.write(`${escapeControls(line)}\n`);
  }
}

function onParserError(error: CommanderError, program: Command, argv: readonly string[]): string[] {
  // The parser says 1 for a wrong command line, where ours is 2 (see exit.ts), and 0 for help and the version.
  if (error.exitCode !== 0) process.exitCode = 2;
  return describeParserError(error, program, argv);
}

async function onFailure(error: unknown, argv: readonly string[]): Promise<string[]> {
  const { describeError, exitCodeOf } = await import('./exit.js');
  process.exitCode = exitCodeOf(error);
  return describeError(error, argv.includes('--debug'));
}

/** A reader that goes away (`| head`) ends the program quietly; anything else is a failure. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`error: cannot write to standard output: ${error.message}\n`);
}

void main(process.argv);
