import { describe, expect, test } from 'vitest';
import { parseWords } from '../../../../src/core/selection/parse-words.js';

const read = (words: string[], what: 'topic' | 'group', isLiteral = false) => {
  const { names, patterns } = parseWords(words, { what, isLiteral });
  return { names, patterns: patterns.map(({ text }) => text) };
};

describe('words that name topics or groups', () => {
  test.each(['topic', 'group'] as const)('are names, globs and regular expressions, each once: %s', (what) => {
    const words = ['a', 'b-*', 'a', '/^c/', 'd?', 'b-*'];
    expect(read(words, what)).toEqual({ names: ['a'], patterns: ['b-*', '/^c/', 'd?'] });
  });

  test('a slash within a group name is part of the name', () => {
    expect(read(['team/billing'], 'group')).toEqual({ names: ['team/billing'], patterns: [] });
  });

  test('every character of a group name counts as it is when asked to', () => {
    const words = ['bil*', '/x', 'x/', '/[/', '?'];
    expect(read(words, 'group', true)).toEqual({ names: words, patterns: [] });
  });

  test.each([
    ['group', '/[', "'/[' begins like a regular expression, and has no '/' at its end"],
    ['topic', '/orders', "'/orders' begins like a regular expression, and has no '/' at its end"],
    ['topic', '/', "'/' begins like a regular expression, and has no '/' at its end"],
    ['group', 'orders/', "'orders/' ends like a regular expression, and has no '/' before it"],
    ['topic', 'orders/', "topic name 'orders/' contains '/'; only letters, digits, '.', '_' and '-' are allowed"],
    ['topic', '/[/', "'/[/' is not a regular expression: Unterminated character class"],
    ['group', '/a:(/', "'/a:(/' is not a regular expression: Unterminated group"],
    ['topic', '//', "'//' is an empty regular expression"],
    ['group', '', 'the name of a group must not be empty'],
    ['topic', '', 'a topic name must not be empty'],
    ['topic', 'a,b', "topic name 'a,b' contains ','; only letters, digits, '.', '_' and '-' are allowed"],
    ['topic', 'a*,b*', "no topic can match 'a*,b*'"],
    ['topic', 'a?:0 b', "no topic can match 'a?:0 b'"],
    ['topic', '..', "'..' cannot be a topic name"],
    ['topic', 'x'.repeat(250), `topic name '${'x'.repeat(250)}' has 250 characters; 249 is the most`],
  ] as const)('of a %s, %s is refused', (what, word, message) => {
    expect(() => read([word], what)).toThrow(expect.objectContaining({ code: 'usage', message }) as Error);
  });

  test('no topic name can be one with these characters, whatever is asked', () => {
    expect(() => read(['e*'], 'topic', true)).toThrow("topic name 'e*' contains '*'");
  });

  test('all problems are told at once', () => {
    expect(() => read(['ok', '/[', 'a b', '/['], 'topic')).toThrow(/^'\/\[' begins .*\ntopic name 'a b' contains ' '[^\n]*$/);
  });
});
