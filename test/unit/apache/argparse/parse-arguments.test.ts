import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../../../src/apache/argparse/argument-error.js';
import type { ParserSpec } from '../../../../src/apache/argparse/argument-spec.js';
import { parseArguments } from '../../../../src/apache/argparse/parse-arguments.js';
import { consumerParser } from '../../../../src/apache/kafka-verifiable-consumer/parser.js';
import type { ParsedArguments } from '../../../../src/apache/argparse/parsed-arguments.js';

const parser: ParserSpec = {
  prog: 'tool',
  description: '',
  arguments: [
    { flags: ['--topic'], required: true, help: '' },
    { flags: ['--max-messages'], type: 'Integer', help: '' },
    { flags: ['--max-age'], type: 'Long', help: '' },
    { flags: ['--ratio'], type: 'Double', help: '' },
    { flags: ['--acks'], type: 'Integer', choices: ['0', '1', '-1'], help: '' },
    { flags: ['--verbose', '-v'], action: 'flag', help: '' },
    { flags: ['--feature'], action: 'append', help: '' },
    { flags: ['--props'], many: true, help: '' },
  ],
  groups: [
    {
      title: 'Connection',
      description: '',
      isExclusive: true,
      arguments: [
        { flags: ['--server'], help: '' },
        { flags: ['--controller'], help: '' },
      ],
    },
  ],
};

function parse(...argv: string[]): ParsedArguments {
  const parsed = parseArguments(parser, ['--topic', 't', '--server', 's', ...argv]);
  if (parsed === 'help') throw new Error('not to be help');
  return parsed;
}

test('values come behind a blank or an equals sign, and only the first equals sign counts', () => {
  expect(parse('--topic=a=b').text('topic')).toBe('a=b');
  expect(parse('--topic', 'c').text('topic')).toBe('c');
});

test('an unambiguous beginning of a name is enough', () => {
  expect(parse('--max-m', '3').number('max-messages')).toBe(3);
  expect(parse('--verb').has('verbose')).toBe(true);
});

test('negative numbers are values, not options', () => {
  expect(parse('--max-messages', '-1').number('max-messages')).toBe(-1);
  expect(parse('--ratio', '-1.5').number('ratio')).toBe(-1.5);
});

test('of a repeated option the last value counts, unless it collects', () => {
  expect(parse('--topic', 'a', '--topic', 'b').text('topic')).toBe('b');
  expect(parse('--feature', 'a', '--feature', 'b').list('feature')).toEqual(['a', 'b']);
});

test('an option that takes many takes words up to the next option', () => {
  const parsed = parse('--props', 'a=1', 'b=2', '--verbose');
  expect(parsed.list('props')).toEqual(['a=1', 'b=2']);
  expect(parsed.has('verbose')).toBe(true);
});

test('64 bits are kept exactly', () => {
  expect(parse('--max-age', '9223372036854775807').long('max-age')).toBe(9223372036854775807n);
});

test('of several missing options the last is told of', () => {
  expect(() => parseArguments(consumerParser, [])).toThrow('argument --group-id is required');
  expect(() => parseArguments(consumerParser, ['--group-id', 'g'])).toThrow('argument --topic is required');
  expect(() => parseArguments(consumerParser, ['--group-id', 'g', '--topic', 't'])).toThrow(
    'argument --bootstrap-server is required',
  );
});

test('help wins over what comes behind it, not over what came before', () => {
  expect(parseArguments(parser, ['--help', '--bogus'])).toBe('help');
  expect(() => parseArguments(parser, ['--bogus', '--help'])).toThrow(ArgumentError);
});

// Texts as argparse4j 0.7.0 gives them.
describe('errors', () => {
  const required = ['--topic', 't', '--server', 's'];
  test.each<[string, string[], string]>([
    ['a missing option', ['--server', 's'], 'argument --topic is required'],
    ['a missing group', ['--topic', 't'], 'one of the arguments --server --controller is required'],
    ['two of a group', [...required, '--controller', 'c'], 'argument --controller: not allowed with argument --server'],
    ['an unknown option', ['--bogus=1'], "unrecognized arguments: '--bogus=1'"],
    ['a stray word with all that follows', ['a', 'b', '--topic'], "unrecognized arguments: 'a b --topic'"],
    ['words behind two dashes', [...required, '--', 'a', 'b'], "unrecognized arguments: 'a b'"],
    ['an ambiguous beginning', ['--max', '1'], 'ambiguous option: --max could match --max-age, --max-messages'],
    ['no value', ['--topic'], 'argument --topic: expected one argument'],
    ['an option for a value', ['--topic', '--verbose'], 'argument --topic: expected one argument'],
    ['a value for a flag', ['--verbose=1'], "argument --verbose/-v: ignore implicit argument '1'"],
    ['a word for a number', ['--max-m', 'x'], `argument --max-messages: could not convert 'x' to Integer (For input string: "x")`],
    [
      '33 bits',
      ['--max-m', '2147483648'],
      `argument --max-messages: could not convert '2147483648' to Integer (For input string: "2147483648")`,
    ],
    ['a choice that is none', ['--acks', '2'], "argument --acks: invalid choice: '2' (choose from {0,1,-1})"],
  ])('%s', (_, argv, message) => {
    expect(() => parseArguments(parser, argv)).toThrow(message);
  });
});
