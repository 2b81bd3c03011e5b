import { Command, CommanderError } from 'commander';
import { describeError, exitCodeOf, exitCodes } from './exit.js';
import { addGlobalOptions } from './global-options.js';
import { registerTopics } from './topics.js';

/** Put in by the bundler, so that no start reads package.json. */
declare const kafkitVersion: string;

/** The whole command tree; nothing here loads a command's implementation. */
export function createProgram(): Command {
  const program = new Command('kafkit')
    .description('operate Apache Kafka from a terminal and from scripts')
    .version(kafkitVersion, '-V, --version', 'print the version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError('(add --help for the options)')
    .showSuggestionAfterError();
  addGlobalOptions(program);
  registerTopics(program);
  return program;
}

/** Runs one command line and sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error) => onStreamError('standard output', error));
  process.stderr.on('error', (error) => onStreamError('standard error', error));
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    // The parser has printed its own message already.
    if (error instanceof CommanderError) return;
    const { escapeControls } = await import('../core/terminal-safe.js');
    for (const line of describeError(error, argv.includes('--debug'))) process.stderr.write(`${escapeControls(line)}\n`);
  }
}

/** A reader that goes away (`| head`) ends the program quietly; anything else is a failure. */
function onStreamError(name: string, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = exitCodes.failed;
  if (name === 'standard output') process.stderr.write(`error: cannot write to ${name}: ${error.message}\n`);
}
