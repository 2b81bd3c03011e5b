import { describe, expect, inject, test } from 'vitest';
import { toolNames } from '../../src/apache/main.js';
import { ourCommand, setupCommand } from './commands.js';
import { caseFiles, type GoldenCase, type Printed, readSuite } from './golden-case.js';
import { viewOf } from './golden-text.js';
import { runCase } from './run-case.js';

const files = caseFiles();

test('every drop-in name has cases, and every file of cases has a drop-in name', () => {
  expect([...files.keys()].sort()).toEqual([...toolNames]);
});

for (const tool of toolNames) {
  const path = files.get(tool);
  const cases = path === undefined ? [] : readSuite(path).cases;
  describe(tool, () => {
    const rows = cases.filter(({ brokers = 1 }) => brokers === 1).map((item) => [item.name, item] as const);
    const check = async (_name: string, item: GoldenCase): Promise<void> => {
      const printed = await runCase(item, {
        tool,
        bootstrap: inject('bootstrap'),
        command: ourCommand,
        setupCommand: (name) => setupCommand(inject('kafka'), name),
      });
      expect(view(printed, item)).toBe(view(item.expect, item));
    };
    test.concurrent.each(rows.filter(([, item]) => item.alone !== true))('%s', check);
    const lonely = rows.filter(([, item]) => item.alone === true);
    if (lonely.length > 0) test.each(lonely)('%s', check);
  });
}

/** All that is compared, as one text whose difference can be read. */
function view({ exit, stdout, stderr }: Printed, item: GoldenCase): string {
  return `exit ${exit}\n--- stdout\n${viewOf(stdout, item.stdout)}\n--- stderr\n${viewOf(stderr, item.stderr)}`;
}
