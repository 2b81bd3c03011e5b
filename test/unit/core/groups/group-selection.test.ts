import { expect, test } from 'vitest';
import {
  narrowGroups,
  parseGroupName,
  parseGroupSelection,
  refuseOddNewGroups,
} from '../../../../src/core/groups/group-selection.js';

const groups = ['billing', 'bil*', 'stock', 'team/a'].map((groupId) => ({ groupId }));
const narrow = (words: string[], isLiteral = false) => {
  const { groups: picked, unmatched } = narrowGroups(groups, parseGroupSelection(words, isLiteral));
  return { picked: picked.map(({ groupId }) => groupId), unmatched };
};

test('a list is narrowed to what words pick, and words that pick nothing are told', () => {
  expect(narrow([])).toEqual({ picked: ['billing', 'bil*', 'stock', 'team/a'], unmatched: [] });
  expect(narrow(['team/a', 'st*', 'nope', 'x*'])).toEqual({ picked: ['stock', 'team/a'], unmatched: ['nope', 'x*'] });
});

test('a pattern also picks the group of exactly its text, and a literal word only that', () => {
  expect(narrow(['bil*']).picked).toEqual(['billing', 'bil*']);
  expect(narrow(['bil*'], true)).toEqual({ picked: ['bil*'], unmatched: [] });
  expect(narrow(['sto*'], true)).toEqual({ picked: [], unmatched: ['sto*'] });
});

test('a place for one group takes no pattern', () => {
  expect(parseGroupName('team/a', '--group')).toBe('team/a');
  expect(parseGroupName('b*', '--group', true)).toBe('b*');
  expect(() => parseGroupName('b*', '--from-group')).toThrow("--from-group takes the name of one group, and 'b*' is a pattern");
  expect(() => parseGroupName('/b', '--group')).toThrow("'/b' begins like a regular expression");
});

test('groups whose names read like patterns or paths are not created', () => {
  expect(() => refuseOddNewGroups(['fine', 'a.b-c_d'])).not.toThrow();
  expect(() => refuseOddNewGroups(['a*', 'fine', 'b?', 'c/d'])).toThrow(
    ['a*', 'b?', 'c/d']
      .map((name) => `group '${name}' does not exist, and is not created with '*', '?' or '/' in its name`)
      .join('\n'),
  );
});
