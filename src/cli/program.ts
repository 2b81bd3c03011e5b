import { Command } from 'commander';
import { addGlobalOptions } from './global-options.js';
import { nouns, type Noun } from './nouns.js';

/** Put in by the bundler, so that no start reads package.json; missing where the sources run without it. */
declare const kafkitVersion: string | undefined;

/**
 * The command tree; nothing here loads a command's implementation.
 *
 * @param isWanted which nouns get their verbs: the others are a name and a description, which is all that `kafkit --help`
 * and a typing error need, and costs a tenth of the time
 */
export function createProgram(isWanted: (noun: string) => boolean = () => true): Command {
  const program = new Command('kafkit')
    .description('operate Apache Kafka from a terminal and from scripts')
    .version(typeof kafkitVersion === 'undefined' ? 'unbundled' : kafkitVersion, '-V, --version', 'print the version')
    .enablePositionalOptions()
    .exitOverride()
    // Errors are thrown; main() prints them, all in one shape.
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', example);
  for (const noun of nouns) addNoun(program, noun, isWanted(noun.name));
  addGlobalOptions(program);
  return program;
}

const example = `
Examples:
  $ kafkit topics list -b localhost:9092
  $ kafkit topics create --help`;

function addNoun(program: Command, noun: Noun, withVerbs: boolean): void {
  const added = program.command(noun.name).description(noun.description);
  if (!withVerbs) return;
  added.enablePositionalOptions();
  noun.register(added);
  // Last, so that a command's own options come first in its help.
  for (const each of [added, ...added.commands]) addGlobalOptions(each);
}
