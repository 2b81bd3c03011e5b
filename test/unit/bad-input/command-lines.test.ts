import { CommanderError, type Command } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeParserError } from '../../../src/cli/parser-errors.js';
import { createProgram } from '../../../src/cli/program.js';
import { CliError } from '../../../src/core/errors.js';
import { OptionError } from '../../../src/apache/jopt/option-spec.js';
import { parseOptions } from '../../../src/apache/jopt/parse-options.js';
import { nearMisses, numRuns } from './near-misses.js';

/** The program with the verbs of one noun, every command's work taken out. */
function idleProgram(noun: string): Command {
  const program = createProgram((name) => name === noun);
  const silent = { writeOut: () => undefined, writeErr: () => undefined, outputError: () => undefined };
  const still = (command: Command): void => {
    command.exitOverride().configureOutput(silent);
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(still);
  };
  still(program);
  return program;
}

const nouns = createProgram().commands;
const verbs = nouns.flatMap((noun) => noun.commands.map((verb) => [noun.name(), verb.name()]));
const flags = nouns.flatMap((noun) => noun.commands.flatMap((verb) => verb.options.map(({ long }) => long ?? '')));

test('any command line is run or refused by the parser with an error and a hint', async () => {
  const words = fc.array(
    fc.oneof(fc.constantFrom(...flags), nearMisses(['orders', '10', '-b', 'localhost:9092', '--yes', '15s'])),
    {
      maxLength: 5,
    },
  );
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...verbs), words, async (verb, rest) => {
      const program = idleProgram(verb[0] ?? '');
      const argv = ['node', 'kafkit', ...verb, ...rest];
      try {
        await program.parseAsync(argv);
      } catch (error) {
        if (error instanceof CliError) return;
        if (!(error instanceof CommanderError)) throw error;
        if (error.exitCode === 0) return;
        refused++;
        const lines = describeParserError(error, program, argv);
        expect(lines.length).toBe(2);
        expect(lines[0]).toMatch(/^error: /);
        expect(lines[1]).toMatch(/^hint: /);
      }
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 10);
}, 120_000);

test("any words are options or refused in the words of Kafka's parser", () => {
  const specs = [
    { name: 'topic', argument: 'required', description: '' },
    { name: 'partitions', argument: 'required', type: 'Integer', description: '' },
    { name: 'state', argument: 'optional', description: '' },
    { name: 'list', argument: 'none', description: '' },
  ] as const;
  const word = nearMisses(['--topic', '--topic=a', '-list', '--state', '--partitions', '12', 'orders', '--']);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      try {
        const options = parseOptions(specs, argv);
        const partitions = options.has('partitions') ? options.integer('partitions') : 0;
        expect(Number.isInteger(partitions)).toBe(true);
      } catch (error) {
        if (!(error instanceof OptionError)) throw error;
        expect(error.message).toMatch(
          /is not a recognized option|requires an argument|^Cannot parse argument|^Found multiple arguments|^Multiple/,
        );
      }
    }),
    { numRuns },
  );
});
