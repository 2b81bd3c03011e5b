import { describe, expect, inject, test } from 'vitest';
import { toolNames } from '../../src/apache/main.js';
import { checkCase } from './check-case.js';
import { caseFiles, type GoldenCase, readSuite } from './golden-case.js';

const files = caseFiles();

test('every drop-in name has cases, and every file of cases has a drop-in name', () => {
  expect([...files.keys()].sort()).toEqual([...toolNames]);
});

for (const tool of toolNames) {
  const path = files.get(tool);
  const cases = path === undefined ? [] : readSuite(path).cases;
  describe(tool, () => {
    const rows = cases.filter(({ brokers = 1 }) => brokers === 1).map((item) => [item.name, item] as const);
    const check = (_name: string, item: GoldenCase): Promise<void> =>
      checkCase(item, { tool, bootstrap: inject('bootstrap'), kafka: inject('kafka') });
    test.concurrent.each(rows.filter(([, item]) => item.alone !== true))('%s', check);
    const lonely = rows.filter(([, item]) => item.alone === true);
    if (lonely.length > 0) test.each(lonely)('%s', check);
  });
}
