import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseReplicaAssignment } from '../../../../src/core/topics/replica-assignment.js';

test('partitions are separated by commas and replicas by colons', () => {
  expect(parseReplicaAssignment('0:1,1:2')).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('blanks around ids are allowed', () => {
  expect(parseReplicaAssignment(' 1 , 2 ')).toEqual([[1], [2]]);
});

test('every assignment of equal length is read back as it was written', () => {
  const assignment = fc
    .integer({ min: 1, max: 4 })
    .chain((length) =>
      fc.array(fc.uniqueArray(fc.nat(1000), { minLength: length, maxLength: length }), { minLength: 1, maxLength: 10 }),
    );
  fc.assert(
    fc.property(assignment, (partitions) => {
      expect(parseReplicaAssignment(partitions.map((ids) => ids.join(':')).join(','))).toEqual(partitions);
    }),
  );
});

test('all problems are named at once', () => {
  expect(() => parseReplicaAssignment('1:2,2:2,3,x:1,,-1')).toThrow(
    [
      "--replica-assignment '1:2,2:2,3,x:1,,-1' cannot be used",
      '  partition 1: broker 2 is named twice',
      '  partition 2 has 1 replicas, partition 0 has 2; they must have the same number',
      "  partition 3: 'x' is not a broker id",
      "  partition 4: '' is not a broker id",
      "  partition 5: '-1' is not a broker id",
    ].join('\n'),
  );
});
