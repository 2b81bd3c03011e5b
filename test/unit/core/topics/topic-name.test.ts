import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCollisions, topicNameProblem } from '../../../../src/core/topics/topic-name.js';

describe('topicNameProblem', () => {
  test.each(['orders', 'a', 'A.b_c-9', '...', '__x', 'x'.repeat(249)])("'%s' is a good name", (name) => {
    expect(topicNameProblem(name)).toBeUndefined();
  });

  test.each([
    ['', 'a topic name must not be empty'],
    ['.', "'.' cannot be a topic name"],
    ['..', "'..' cannot be a topic name"],
    ['a b', "topic name 'a b' contains ' '; only letters, digits, '.', '_' and '-' are allowed"],
    ['ä', "topic name 'ä' contains 'ä'; only letters, digits, '.', '_' and '-' are allowed"],
    ['a😀', "topic name 'a😀' contains '😀'; only letters, digits, '.', '_' and '-' are allowed"],
    ['a\n', "topic name 'a\n' contains '\n'; only letters, digits, '.', '_' and '-' are allowed"],
    ['x'.repeat(250), `topic name '${'x'.repeat(250)}' has 250 characters; 249 is the most`],
  ])('%j is refused with the reason', (name, problem) => {
    expect(topicNameProblem(name)).toBe(problem);
  });
});

describe('findCollisions', () => {
  test('a period and an underscore in the same place collide with an existing topic', () => {
    expect(findCollisions(['a.b'], ['a_b', 'c'])).toEqual([{ name: 'a.b', other: 'a_b' }]);
  });

  test('new topics collide with each other', () => {
    expect(findCollisions(['a.b', 'a_b'], [])).toEqual([{ name: 'a_b', other: 'a.b' }]);
  });

  test('a topic that exists already does not collide with itself', () => {
    expect(findCollisions(['a.b', 'a.b'], ['a.b'])).toEqual([]);
  });

  test('names without periods and underscores never collide', () => {
    const plain = fc.stringMatching(/^[a-z-]{1,8}$/);
    fc.assert(fc.property(fc.array(plain), fc.array(plain), (names, existing) => findCollisions(names, existing).length === 0));
  });
});
