import { describe, expect, test } from 'vitest';
import { describeError, exitCodeOf } from '../../../src/cli/exit.js';
import { CliError } from '../../../src/core/errors.js';

test.each([
  ['usage', 2],
  ['config', 2],
  ['check', 3],
  ['aborted', 130],
  ['declined', 1],
  ['broker', 1],
  ['connection', 1],
  ['partial', 1],
] as const)('%s ends with %i', (code, expected) => {
  expect(exitCodeOf(new CliError(code, 'x'))).toBe(expected);
});

test('what nobody expected ends with 1', () => {
  expect(exitCodeOf(new TypeError('x'))).toBe(1);
});

describe('describeError', () => {
  test('an expected failure is its message and its hint', () => {
    expect(describeError(new CliError('usage', 'bad\n  worse', { hint: 'do better' }), false)).toEqual([
      'error: bad',
      '  worse',
      'hint: do better',
    ]);
  });

  test('any other is called a bug', () => {
    expect(describeError(new TypeError('x is undefined'), false)).toEqual([
      'error: unexpected failure, which is a bug in kafkit: TypeError: x is undefined',
      'hint: run the command again with --debug and report what it prints',
    ]);
  });

  test('a stack trace, with its causes, is for --debug only', () => {
    const error = new CliError('io', 'outer', { cause: new Error('inner') });
    expect(describeError(error, false).join('\n')).not.toContain('inner');
    expect(describeError(error, true).join('\n')).toMatch(/CliError: outer[^]*caused by Error: inner/);
  });
});
