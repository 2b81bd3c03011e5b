import { describe, expect, test } from 'vitest';
import { readHelpWords } from '../../../src/cli/help-words.js';
import { createProgram } from '../../../src/cli/program.js';

const read = (line: string) =>
  readHelpWords(
    createProgram(),
    line.split(' ').filter((word) => word !== ''),
  ).join(' ');

describe('a question for help', () => {
  test.each([
    ['help', '--help'],
    ['help help', '--help'],
    ['-h', '--help'],
    ['help topics', 'topics --help'],
    ['topics help', 'topics --help'],
    ['help topics list', 'topics list --help'],
    ['topics help list', 'topics list --help'],
    ['-b x:1 help topics list', 'topics list --help'],
    ['help install-drop-ins', 'install-drop-ins --help'],
    ['help completion bash', 'completion bash --help'],
    ['topics -h', 'topics --help'],
    ['-b topics --help', '--help'],
  ])('%s is read as %s', (line, words) => {
    expect(read(line)).toBe(words);
  });

  test.each([
    ['help nosuch', 'nosuch'],
    ['nosuch --help', 'nosuch'],
    ['--help nosuch', 'nosuch'],
    ['help topics nosuch', 'topics nosuch'],
    ['topics nosuch --help', 'topics nosuch'],
    ['topics --help nosuch', 'topics nosuch'],
    ['topics help nosuch', 'topics nosuch'],
    ['help completion nosuch', 'completion nosuch'],
    ['-b topics nosuch -h', 'nosuch'],
  ])('%s is left to the parser to refuse, as %s', (line, words) => {
    expect(read(line)).toBe(words);
    expect(() => createProgram().parse(['node', 'kafkit', ...words.split(' ')])).toThrow("error: unknown command 'nosuch'");
  });

  test.each(['topics list -o json', 'topics describe help', 'topics list --help x', 'console consume t --format -h', '', 'nosuch'])(
    '%s is left as it is',
    (line) => {
      expect(read(line)).toBe(line);
    },
  );

  test('words behind a command that has no further ones are refused', () => {
    expect(() => read('help topics list extra')).toThrow("error: 'kafkit topics list' has no command 'extra'");
    expect(() => read('help install-drop-ins x')).toThrow("error: 'kafkit install-drop-ins' has no command 'x'");
  });
});
