import { CommanderError, type Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { changedBy } from '../../../src/cli/change-kind.js';
import { outputFormats } from '../../../src/cli/global-options.js';
import { nouns } from '../../../src/cli/nouns.js';
import { describeParserError } from '../../../src/cli/parser-errors.js';
import { createProgram } from '../../../src/cli/program.js';

function leaves(command: Command, path: string): { path: string; command: Command }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leaves(child, `${path} ${child.name()}`));
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

describe('every command', () => {
  test.each(leaves(createProgram(), 'kafkit'))('$path has a summary, an example and the global options', ({ path, command }) => {
    expect(command.description()).toMatch(/^[^A-Z].*[^.]$/);
    const help = helpOf(command);
    expect(help).toMatch(/\nExamples:\n {2}\$ /);
    expect(help).toContain(path);
    for (const option of ['--bootstrap-server', '--output', '--timeout', '--no-color']) expect(help).toContain(option);
  });

  test.each(leaves(createProgram(), 'kafkit'))('$path has a description for each option', ({ command }) => {
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
  });
});

test('every command that can be asked for a plan is declared to change something, so that it says where', () => {
  const declared = leaves(createProgram(), 'kafkit').filter(({ command }) => changedBy(command) !== undefined);
  const planned = leaves(createProgram(), 'kafkit').filter(({ command }) =>
    command.options.some(({ long }) => long === '--dry-run' || long === '--yes'),
  );
  const paths = (found: readonly { path: string }[]): string[] => found.map(({ path }) => path);
  expect(paths(declared)).toEqual(expect.arrayContaining(paths(planned)));
  expect(declared.map(({ path, command }) => `${path}: ${changedBy(command) ?? ''}`)).toEqual([
    'kafkit topics create: cluster',
    'kafkit topics alter: cluster',
    'kafkit topics delete: cluster',
    'kafkit console produce: cluster',
    'kafkit groups reset-offsets: cluster',
    'kafkit groups import: cluster',
    'kafkit groups delete: cluster',
    'kafkit groups delete-offsets: cluster',
    'kafkit records delete: cluster',
    'kafkit install-drop-ins: files',
  ]);
});

test('nouns that a command line does not name get no verbs, but stand in the help', () => {
  const program = createProgram((noun) => noun === 'topics');
  expect(program.commands.map((each) => each.name())).toEqual(nouns.map(({ name }) => name));
  expect(program.commands.filter((each) => each.commands.length > 0).map((each) => each.name())).toEqual(['topics']);
});

describe('errors of the command line', () => {
  async function linesFor(...words: string[]): Promise<string[]> {
    const program = createProgram();
    const argv = ['node', 'kafkit', ...words];
    const error: unknown = await program.parseAsync(argv).catch((thrown: unknown) => thrown);
    if (!(error instanceof CommanderError)) throw new Error('the parser accepted it');
    return describeParserError(error, program, argv);
  }

  test.each([
    { words: ['topcs'], lines: ["error: unknown command 'topcs'", 'hint: did you mean topics?'] },
    { words: ['topics', 'lst'], lines: ["error: unknown command 'lst'", 'hint: did you mean list?'] },
    {
      words: ['topics', 'create', '--partition', '3'],
      lines: ["error: unknown option '--partition'", 'hint: did you mean --partitions?'],
    },
    {
      words: ['topics', 'create', 'x', '--partitions', '-1'],
      lines: [
        "error: option '--partitions <count>' argument '-1' is invalid. A whole number from 1 is needed",
        "hint: 'kafkit topics create --help' shows what it takes",
      ],
    },
    {
      words: ['topics', 'create', 'x', '--partitions', '3', '--replica-assignment', '1'],
      lines: [
        "error: option '--replica-assignment <brokers>' cannot be used with option '--partitions <count>'",
        "hint: 'kafkit topics create --help' shows what it takes",
      ],
    },
    {
      words: ['topics', 'list', '-o', 'xml'],
      lines: [
        `error: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are ${outputFormats.join(', ')}`,
        "hint: 'kafkit topics list --help' shows what it takes",
      ],
    },
    {
      words: ['--zzz\n(Did you mean x?)'],
      lines: ["error: unknown option '--zzz\n(Did you mean x?)'", "hint: 'kafkit --help' shows what it takes"],
    },
  ])('$words', async ({ words, lines }) => {
    expect(await linesFor(...words)).toEqual(lines);
  });

  test.each(['0', '-1', 'x', '1.5', '', '2147483648', '1e3'])('--partitions %j is refused', async (text) => {
    expect(await linesFor('topics', 'create', 'x', `--partitions=${text}`)).toEqual([
      `error: option '--partitions <count>' argument '${text}' is invalid. A whole number from 1 is needed`,
      "hint: 'kafkit topics create --help' shows what it takes",
    ]);
  });
});
