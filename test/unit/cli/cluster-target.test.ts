import { expect, test } from 'vitest';
import { describeTarget, withTarget } from '../../../src/cli/cluster-target.js';

const target = { id: 'abc', bootstrapServers: ['one:9092', 'two:9092'], source: 'KAFKIT_BOOTSTRAP_SERVER' };
const cluster = { id: 'abc', bootstrapServer: 'one:9092,two:9092', source: 'KAFKIT_BOOTSTRAP_SERVER' };

test('a cluster is named by its id, its first address and who gave that', () => {
  expect(describeTarget(target)).toBe('cluster abc at one:9092 (from KAFKIT_BOOTSTRAP_SERVER)');
  expect(describeTarget({ ...target, id: undefined })).toBe('cluster at one:9092 (from KAFKIT_BOOTSTRAP_SERVER)');
});

test('document, items and notes of a change say which cluster it was', () => {
  const report = withTarget({ document: { dryRun: true, topics: [{ name: 'a' }] }, tables: [], notes: ['first'] }, target);
  expect(report).toEqual({
    document: { cluster, dryRun: true, topics: [{ name: 'a' }] },
    items: [{ cluster, name: 'a' }],
    tables: [],
    notes: ['first', 'cluster abc at one:9092 (from KAFKIT_BOOTSTRAP_SERVER)'],
  });
});

test('items of their own keep their members, and a document without items stays one', () => {
  expect(withTarget({ document: {}, items: [{ group: 'g' }], tables: [] }, target).items).toEqual([{ cluster, group: 'g' }]);
  expect(withTarget({ document: { topic: 'a' }, tables: [] }, target)).toMatchObject({ document: { cluster, topic: 'a' } });
});
