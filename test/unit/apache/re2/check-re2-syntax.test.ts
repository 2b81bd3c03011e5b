import { describe, expect, test } from 'vitest';
import { checkRe2Syntax } from '../../../../src/apache/re2/check-re2-syntax.js';

describe('the RE2 syntax', () => {
  test.each([
    '',
    'orders-(eu|us)-[0-9]+.*',
    '(?i)a{2,}?',
    'a{,5}',
    'a{2',
    '^*',
    '[]a]',
    '[a-b-c]',
    '[\\d-a]',
    '[[:^alpha:]\\x{41}]',
    '\\pL\\p{^Greek}\\P{Lu}',
    '\\12\\07\\x41\\-\\é',
    '\\Q(\\E',
    '(?P<n>a)(?<m>b)',
    'a(?i)*',
    '[^\\x00-\\x{10FFFF}]',
  ])('takes %s', (regex) => {
    expect(checkRe2Syntax(regex)).toBeUndefined();
  });

  test.each([
    ['a(', 'missing closing )'],
    ['a)', 'regexp/syntax: internal error'],
    ['[a', 'missing closing ]'],
    ['[]', 'missing closing ]'],
    ['*a', 'missing argument to repetition operator'],
    ['a|*b', 'missing argument to repetition operator'],
    ['(?i)*', 'missing argument to repetition operator'],
    ['\\Q\\E*', 'missing argument to repetition operator'],
    ['a**', 'invalid nested repetition operator'],
    ['a{2}{3}', 'invalid nested repetition operator'],
    ['{+', 'invalid nested repetition operator'],
    ['a{2,1}', 'invalid repeat count'],
    ['a{1001}', 'invalid repeat count'],
    ['[z-a]', 'invalid character class range'],
    ['[[:foo:]]', 'invalid character class range'],
    ['\\p{greek}', 'invalid character class range'],
    ['[a-\\d]', 'invalid escape sequence'],
    ['(a)\\1', 'invalid escape sequence'],
    ['\\x{110000}', 'invalid escape sequence'],
    ['a\\', 'trailing backslash at end of expression'],
    ['(?=a)', 'invalid or unsupported Perl syntax'],
    ['(?<!a)', 'invalid named capture'],
    ['(?P<n>a)(?<n>b)', 'duplicate capture group name'],
  ])('refuses %s: %s', (regex, problem) => {
    expect(checkRe2Syntax(regex)).toBe(problem);
  });
});
