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
    const ofOneBroker = cases.filter(({ brokers = 1 }) => brokers === 1);
    test.concurrent.each(ofOneBroker.map((item) => [item.name, item] as const))('%s', async (_name, item) => {
      const printed = await runCase(item, {
        tool,
        bootstrap: inject('bootstrap'),
        command: ourCommand,
        setupCommand: (name) => setupCommand(inject('kafka'), name),
      });
      expect(view(printed, item)).toBe(view(item.expect, item));
    });
  });
}

/** All that is compared, as one text whose difference can be read. */
function view({ exit, stdout, stderr }: Printed, item: GoldenCase): string {
  return `exit ${exit}\n--- stdout\n${viewOf(stdout, item.stdout)}\n--- stderr\n${viewOf(stderr, item.stderr)}`;
}
