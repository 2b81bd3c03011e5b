import { describe, expect, test } from 'vitest';
import { parseTopicSelection, selectTopics } from '../../../../src/core/topics/topic-selection.js';

const topics = ['orders', 'orders-eu', 'bills', 'a.b', 'axb', '__consumer_offsets'].map((name) => ({
  name,
  internal: name.startsWith('__'),
}));

function pick(words: readonly string[], includeInternal = false) {
  const { topics: picked, missing, unmatched } = selectTopics(topics, parseTopicSelection(words), includeInternal);
  return { picked: picked.map(({ name }) => name), missing, unmatched };
}

describe('selecting topics', () => {
  test.each([
    { title: 'no word picks all but internal topics, sorted', words: [], picked: ['a.b', 'axb', 'bills', 'orders', 'orders-eu'] },
    { title: 'a name picks exactly its topic', words: ['orders'], picked: ['orders'] },
    { title: 'a period in a name is a period', words: ['a.b'], picked: ['a.b'] },
    { title: 'a star stands for any characters', words: ['orders*'], picked: ['orders', 'orders-eu'] },
    { title: 'a question mark stands for one character', words: ['a?b'], picked: ['a.b', 'axb'] },
    { title: 'a glob covers the whole name', words: ['rders*'], picked: [], unmatched: ['rders*'] },
    { title: 'a period in a glob is a period', words: ['a.*'], picked: ['a.b'] },
    { title: 'slashes make a regular expression that matches anywhere', words: ['/^(bill|ord).*s$/'], picked: ['bills', 'orders'] },
    { title: 'words add up and count once', words: ['bills', 'b*', 'bills'], picked: ['bills'] },
    { title: 'a name without a topic is missing', words: ['nope', 'bills'], picked: ['bills'], missing: ['nope'] },
    { title: 'a named internal topic is picked', words: ['__consumer_offsets'], picked: ['__consumer_offsets'] },
    { title: 'a pattern leaves internal topics out', words: ['*offsets'], picked: [], unmatched: ['*offsets'] },
  ])('$title', ({ words, picked, missing = [], unmatched = [] }) => {
    expect(pick(words)).toEqual({ picked, missing, unmatched });
  });

  test('patterns and the empty selection pick internal topics when asked to', () => {
    expect(pick(['*offsets'], true).picked).toEqual(['__consumer_offsets']);
    expect(pick([], true).picked).toContain('__consumer_offsets');
  });

  test('a broken regular expression is quoted in the error', () => {
    expect(() => parseTopicSelection(['/(/'])).toThrow("'/(/' is not a regular expression: Unterminated group");
  });

  test('an empty word is refused', () => {
    expect(() => parseTopicSelection(['a', ''])).toThrow('a topic name must not be empty');
  });
});
