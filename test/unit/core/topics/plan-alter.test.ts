import { describe, expect, test } from 'vitest';
import { planAlter } from '../../../../src/core/topics/plan-alter.js';
import type { ConfigBefore, TopicBefore } from '../../../../src/core/topics/plan-alter.js';

function topic(configs: Record<string, Partial<ConfigBefore>> = {}): TopicBefore {
  const entries = Object.entries(configs).map(([name, given]): [string, ConfigBefore] => [
    name,
    { value: 'old', isOverride: true, inherited: 'default', ...given },
  ]);
  return { name: 'orders', partitionCount: 6, replicas: Array.from({ length: 6 }, () => [1]), configs: new Map(entries) };
}

describe('partitions', () => {
  test('more partitions are a change, with a warning that keys move', () => {
    const plan = planAlter([topic()], { partitions: 12, configs: [] });
    expect(plan.changes).toEqual([{ kind: 'partitions', topic: 'orders', from: 6, to: 12, assignment: undefined }]);
    expect(plan.warnings).toEqual([expect.stringContaining('most keys go to other partitions')]);
  });

  test('fewer partitions are a problem that says why', () => {
    const plan = planAlter([topic()], { partitions: 3, configs: [] });
    expect(plan).toMatchObject({ changes: [], warnings: [] });
    expect(plan.problems).toEqual([
      "topic 'orders' has 6 partitions and cannot go down to 3: Kafka cannot take a partition away, since its records would be lost",
    ]);
  });

  test('as many partitions as there are is nothing to do', () => {
    expect(planAlter([topic()], { partitions: 6, configs: [] })).toEqual({
      changes: [],
      unchanged: ["topic 'orders' already has 6 partitions"],
      problems: [],
      warnings: [],
    });
  });

  test('an assignment says the count, and only its new partitions are used', () => {
    const assignment = [[1], [1], [1], [1], [1], [1], [2], [3]];
    expect(planAlter([topic()], { assignment, configs: [] }).changes).toMatchObject([{ from: 6, to: 8, assignment: [[2], [3]] }]);
  });

  test.each([
    ['as many partitions', [[1], [2], [1], [1], [3, 1], [1]]],
    ['more partitions', [[1], [2], [1], [1], [3, 1], [1], [1]]],
  ])('an assignment that moves replicas of partitions that exist is a problem, with %s', (_title, assignment) => {
    const plan = planAlter([topic()], { assignment, configs: [] });
    expect(plan.unchanged).toEqual([]);
    expect(plan.problems).toEqual([
      'partition orders-1 is on brokers 1 and not on 2, and topics alter moves no replicas',
      'partition orders-4 is on brokers 1 and not on 3:1, and topics alter moves no replicas',
    ]);
  });

  test('another preferred leader is a move, too', () => {
    const before = { ...topic(), partitionCount: 1, replicas: [[1, 2]] };
    expect(planAlter([before], { assignment: [[2, 1]], configs: [] }).problems).toHaveLength(1);
    expect(planAlter([before], { assignment: [[1, 2]], configs: [] })).toMatchObject({
      problems: [],
      unchanged: [expect.any(String)],
    });
  });
});

describe('settings', () => {
  test('a new value is a change from the old one', () => {
    expect(planAlter([topic({ a: {} })], { configs: [{ name: 'a', value: 'new' }] }).changes).toEqual([
      { kind: 'config', topic: 'orders', setting: 'a', operation: 'set', from: 'old', to: 'new' },
    ]);
  });

  test('the value the topic already has is nothing to do', () => {
    const plan = planAlter([topic({ a: {} })], { configs: [{ name: 'a', value: 'old' }] });
    expect(plan).toMatchObject({ changes: [], unchanged: ["topic 'orders' already has a=old"] });
  });

  test('setting the inherited value pins it, which is a change', () => {
    const plan = planAlter([topic({ a: { isOverride: false } })], { configs: [{ name: 'a', value: 'old' }] });
    expect(plan.changes).toMatchObject([{ operation: 'set', from: 'old', to: 'old' }]);
  });

  test('deleting an override shows the value that then counts', () => {
    const plan = planAlter([topic({ a: {} })], { configs: [{ name: 'a', value: undefined }] });
    expect(plan.changes).toMatchObject([{ operation: 'delete', from: 'old', to: 'default' }]);
  });

  test('deleting what is not overridden is nothing to do', () => {
    const plan = planAlter([topic({ a: { isOverride: false } })], { configs: [{ name: 'a', value: undefined }] });
    expect(plan).toMatchObject({ changes: [], unchanged: ["topic 'orders' does not override a"] });
  });

  test('a value for an unknown setting is left to the broker to refuse', () => {
    const configs = [{ name: 'x', value: '1' }];
    expect(planAlter([topic()], { configs }).changes).toMatchObject([{ setting: 'x', operation: 'set', from: undefined }]);
  });

  test('deleting a setting that does not exist is a problem, since brokers would take it', () => {
    const plan = planAlter([topic()], { configs: [{ name: 'y', value: undefined }] });
    expect(plan).toMatchObject({ changes: [], problems: ["topic 'orders' has no setting 'y', so there is none to delete"] });
  });
});

test('every topic of a plan gets its own changes', () => {
  const other = { ...topic(), name: 'bills', partitionCount: 12 };
  const plan = planAlter([topic(), other], { partitions: 8, configs: [{ name: 'a', value: '1' }] });
  expect(plan.changes.map((change) => `${change.topic} ${change.kind}`)).toEqual([
    'orders partitions',
    'orders config',
    'bills config',
  ]);
  expect(plan.problems).toHaveLength(1);
});
