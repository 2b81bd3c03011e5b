import { describe, expect, test } from 'vitest';
import { givenOffset } from '../../../../src/core/reset/given-offset.js';
import { groupsOfFile, offsetsOfGroups } from '../../../../src/core/reset/groups-of-file.js';
import { isInScope, parseScope } from '../../../../src/core/reset/parse-scope.js';

const entries = [{ topic: 'orders', partition: 0, offset: 5n }];

describe('a scope', () => {
  test('names topics and partitions, each once', () => {
    expect(parseScope(['orders:2,0', 'bills', 'orders:2,1'])).toEqual([
      { topic: 'bills', partitions: undefined },
      { topic: 'orders', partitions: [0, 1, 2] },
    ]);
  });

  test.each([[['orders', 'orders:1']], [['orders:1', 'orders']]])('the whole topic wins in %j', (words) => {
    expect(parseScope(words)).toEqual([{ topic: 'orders', partitions: undefined }]);
  });

  test.each([':1', 'orders:', 'orders:1,', 'orders:x', 'orders:-1', 'orders:2147483648', ''])('%j is refused', (word) => {
    expect(() => parseScope([word])).toThrow(`--topic '${word}'`);
  });

  test('takes patterns, each with its partitions, unless words are literal', () => {
    const scope = parseScope(['or*:0', '/^bi.*s$/', 'or*:1']);
    expect(scope.map(({ topic, partitions, pattern }) => [topic, partitions, pattern?.text])).toEqual([
      ['/^bi.*s$/', undefined, '/^bi.*s$/'],
      ['or*', [0, 1], 'or*'],
    ]);
    expect(isInScope(scope, { topic: 'orders', partition: 1 })).toBe(true);
    expect(isInScope(scope, { topic: 'orders', partition: 2 })).toBe(false);
    expect(isInScope(scope, { topic: 'bills', partition: 7 })).toBe(true);
    expect(() => parseScope(['or*'], true)).toThrow("topic name 'or*' contains '*'");
    expect(() => parseScope(['a+b:1'])).toThrow("topic name 'a+b' contains '+'");
  });

  test('holds its own partitions', () => {
    const scope = parseScope(['orders:0', 'bills']);
    expect(isInScope(scope, { topic: 'orders', partition: 0 })).toBe(true);
    expect(isInScope(scope, { topic: 'orders', partition: 1 })).toBe(false);
    expect(isInScope(scope, { topic: 'bills', partition: 9 })).toBe(true);
  });
});

describe('the groups of a file', () => {
  const two = {
    groups: [
      { group: 'a', partitions: entries },
      { group: 'b', partitions: [] },
    ],
  };

  test('are found by name, or a cut without a name is for all', () => {
    expect(offsetsOfGroups(two, ['a'], 'f')).toEqual([{ groupId: 'a', entries }]);
    expect(offsetsOfGroups({ groups: [{ partitions: entries }] }, ['x', 'y'], 'f')).toEqual([
      { groupId: 'x', entries },
      { groupId: 'y', entries },
    ]);
  });

  test('a group that the file does not name is not given the offsets of another', () => {
    expect(() => offsetsOfGroups(two, ['a', 'c'], 'f')).toThrow("f has no offsets of group 'c'; it has those of 'a', 'b'");
  });

  test('are imported under their names, or one under another', () => {
    expect(groupsOfFile(two, undefined, 'f').map(({ groupId }) => groupId)).toEqual(['a', 'b']);
    expect(groupsOfFile({ groups: [{ group: 'a', partitions: entries }] }, 'copy', 'f')).toEqual([{ groupId: 'copy', entries }]);
  });

  test('a new name for several groups, and no name for none, are refused', () => {
    expect(() => groupsOfFile(two, 'copy', 'f')).toThrow("f has 2 groups, so '--group copy' does not say which");
    expect(() => groupsOfFile({ groups: [{ partitions: entries }] }, undefined, 'f')).toThrow('does not say whose offsets');
  });
});

describe('a leader epoch', () => {
  const entry = { topic: 'orders', partition: 0, offset: 5n, leaderEpoch: 3, topicId: 'id-1', metadata: 'm' };
  const here = { clusterId: 'c', topicId: 'id-1' };

  test('goes with its offset into the log it was taken from', () => {
    expect(givenOffset(entry, 'c', here)).toEqual({ offset: 5n, leaderEpoch: 3, metadata: 'm' });
  });

  test.each([
    ['another cluster', 'd', here],
    ['a cluster that nobody named', undefined, here],
    ['a topic that was created again', 'c', { clusterId: 'c', topicId: 'id-2' }],
    ['a topic without an id', 'c', { clusterId: 'c', topicId: undefined }],
  ])('stays behind for %s', (_title, takenFrom, place) => {
    expect(givenOffset(entry, takenFrom, place)).toEqual({ offset: 5n, metadata: 'm' });
  });
});
