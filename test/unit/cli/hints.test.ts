import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { readSources } from '../architecture/source-files.js';

const program = createProgram();
const nouns = new Set(program.commands.map((noun) => noun.name()));
const known = new Set(program.commands.flatMap((noun) => noun.commands.map((verb) => `${noun.name()} ${verb.name()}`)));
// The parser's own, which no noun registers.
known.add('help topics');

/** Every command line that the program tells a user to run: in hints (`...: kafkit topics list`), help and examples. */
function commandsNamed(text: string): string[] {
  const told = [...text.matchAll(/(: |\$ |['"`])kafkit ([a-z]+) ([a-z][a-z-]*)/g)];
  // A sentence may begin with the program's name; behind a colon it is always a command.
  return told.filter(([, before, noun = '']) => before === ': ' || nouns.has(noun)).map(([, , noun, verb]) => `${noun} ${verb}`);
}

const named = readSources('src').flatMap(({ path, text }) => commandsNamed(text).map((command) => ({ path, command })));

describe('what the program tells people to run exists', () => {
  test('commands are named at all', () => {
    expect(named.length).toBeGreaterThan(20);
  });

  test.each(named)('kafkit $command, in $path', ({ command }) => {
    expect([...known]).toContain(command);
  });
});
