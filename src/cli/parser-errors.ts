import type { Command, CommanderError } from 'commander';

/**
 * The lines for an error of the command-line parser; nothing where the parser only printed help or the version. In a file of its
 * own because the program loads it at every start.
 */
export function describeParserError(error: CommanderError, program: Command, argv: readonly string[]): string[] {
  if (!error.message.startsWith('error: ')) return [];
  const [, message = error.message, suggestion] = /^(.*?)\.?(?:\n\(Did you mean (.*)\?\))?$/s.exec(error.message) ?? [];
  const command = commandNamed(program, argv.slice(2));
  return [message, `hint: ${suggestion === undefined ? `'${command} --help' shows what it takes` : `did you mean ${suggestion}?`}`];
}

/** The command that a command line names, as far as it names one: `kafkit topics create`. */
function commandNamed(program: Command, words: readonly string[]): string {
  let path = program.name();
  let current = program;
  for (const word of words) {
    const next = current.commands.find((command) => command.name() === word);
    if (next === undefined) continue;
    path = `${path} ${word}`;
    current = next;
  }
  return path;
}
