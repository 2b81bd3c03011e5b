import { CommanderError, type Command } from 'commander';

const helpFlags = new Set(['-h', '--help']);

/**
 * A command line that asks for help, as the parser is to read it: `kafkit help topics list` is `kafkit topics list --help`. Where a
 * word names no command, it is read without the question, so that the parser refuses the word instead of explaining another one.
 *
 * @throws CommanderError for words behind a command that has no further ones
 */
export function readHelpWords(program: Command, words: readonly string[]): readonly string[] {
  const { path, current, rest, isAsked } = walk(program, words);
  const flags = rest.filter((word) => helpFlags.has(word));
  if (!isAsked && flags.length === 0) return words;
  const isUnknown = rest.some((word) => !word.startsWith('-'));
  if (current.commands.length > 0)
    return isUnknown ? [...path, ...rest.filter((word) => !helpFlags.has(word))] : [...path, '--help'];
  if (!isAsked) return words;
  const [extra] = rest.filter((word) => !word.startsWith('-'));
  if (extra === undefined) return [...path, '--help'];
  const name = ['kafkit', ...path].join(' ');
  throw new CommanderError(1, 'commander.excessArguments', `error: '${name}' has no command '${extra}'`);
}

interface Walk {
  /** The words that name a command. */
  readonly path: readonly string[];
  readonly current: Command;
  /** Everything else, from the first word on that names no command; options before it are left out with their values. */
  readonly rest: readonly string[];
  /** The word `help` stood where a command can. */
  readonly isAsked: boolean;
}

function walk(program: Command, words: readonly string[]): Walk {
  const path: string[] = [];
  const flags: string[] = [];
  let current = program;
  let isAsked = false;
  let at = 0;
  for (; at < words.length && current.commands.length > 0; at++) {
    const word = words[at] ?? '';
    const next = current.commands.find((command) => command.name() === word);
    if (word === 'help') isAsked = true;
    else if (next !== undefined) {
      path.push(word);
      current = next;
    } else if (!word.startsWith('-')) break;
    else if (helpFlags.has(word)) flags.push(word);
    // A value that reads like a command is none.
    else if (current.options.some(({ short, long, required }) => required && (short === word || long === word))) at++;
  }
  return { path, current, rest: [...flags, ...words.slice(at)], isAsked };
}
