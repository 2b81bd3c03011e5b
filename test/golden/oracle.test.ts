import { expect, inject, test } from 'vitest';
import { toolNames } from '../../src/apache/main.js';
import { kafkaCommand, setupCommand } from './commands.js';
import { caseFiles, type GoldenCase, readSuite } from './golden-case.js';
import { viewOf } from './golden-text.js';
import { runCase } from './run-case.js';

const perTool = 2;

/** Cases that show much for little: no files, no signal, few steps before them, and something on stdout. */
function isTelling({ setup = [], signal, brokers = 1, stdout, expect: { stdout: text } }: GoldenCase): boolean {
  return setup.length <= 1 && signal === undefined && brokers === 1 && stdout === undefined && text !== '';
}

const chosen = toolNames.flatMap((tool) => {
  const path = caseFiles().get(tool);
  const telling = path === undefined ? [] : readSuite(path).cases.filter(isTelling);
  return telling.slice(0, perTool).map((item) => [tool, item.name, item] as const);
});

// What was recorded is what the tools of this Kafka print today, so that the other cases measure against something true.
test.concurrent.each(chosen)("Kafka's own %s: %s", async (tool, _name, item) => {
  const kafka = inject('kafka');
  const printed = await runCase(item, {
    tool,
    bootstrap: inject('bootstrap'),
    command: (name) => kafkaCommand(kafka, name),
    setupCommand: (name) => setupCommand(kafka, name),
  });
  expect({ exit: printed.exit, stdout: viewOf(printed.stdout) }).toEqual({
    exit: item.expect.exit,
    stdout: viewOf(item.expect.stdout),
  });
});

test('every drop-in name has such cases', () => {
  expect([...new Set(chosen.map(([tool]) => tool))]).toEqual([...toolNames]);
});
