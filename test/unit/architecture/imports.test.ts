import { expect, test } from 'vitest';
import { dropInNames } from '../../../src/core/drop-in-names.js';
import { findImportCircles } from './import-circles.js';
import { findForbiddenImports, walkStaticImports } from './import-rule.js';
import { parseSource, readSources } from './source-files.js';

const sources = readSources('src');

test('imports go one way: fronts, operations, client, protocol, all over core', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(findForbiddenImports(sources)).toEqual([]);
});

test.each([
  ['src/core/a.ts', "import { readFileSync } from 'node:fs';"],
  ['src/core/a.ts', "import type { Cluster } from '../client/cluster.js';"],
  ['src/protocol/a.ts', "import { dial } from '../client/dial.js';"],
  ['src/client/a.ts', "import kafkajs from 'kafkajs';"],
  ['src/client/a.ts', "export { listTopics } from '../operations/topics/list.js';"],
  ['src/operations/topics/a.ts', "const chalk = await import('chalk');"],
  ['src/operations/topics/a.ts', "import { listGroups } from '../groups/list.js';"],
  ['src/cli/a.ts', "import { run } from '../apache/run.js';"],
  ['src/apache/a.ts', "type T = import('../cli/program.js').Program;"],
  ['src/output/a.ts', 'const x = await import(name);'],
])('the rule finds what must not be: %s with %s', (path, text) => {
  expect(findForbiddenImports([parseSource(path, text)])).toHaveLength(1);
});

test('no file needs itself by way of others, not even for a type', () => {
  expect(findImportCircles(sources)).toEqual([]);
});

test('the search finds a circle of a type and an import at run time', () => {
  const circle = [
    parseSource('src/core/a.ts', "import type { B } from './b.js';"),
    parseSource('src/core/b.ts', "const a = await import('./c.js');"),
    parseSource('src/core/c.ts', "export { a } from './a.js';"),
  ];
  expect(findImportCircles(circle)).toEqual([['src/core/a.ts', 'src/core/b.ts', 'src/core/c.ts', 'src/core/a.ts']]);
});

test('a start of kafkit loads commander, its own command definitions and nothing else', () => {
  const loaded = [...walkStaticImports('src/cli/main.ts', sources)];
  const extra = loaded.filter(
    ([target]) => !/^(node:.*|commander|src\/cli\/.*|src\/core\/errors\.ts|src\/timers\/timers\.ts)$/.test(target),
  );
  expect(loaded.length).toBeGreaterThan(5);
  expect(extra.map(([target, from]) => `${from} loads ${target}`)).toEqual([]);
});

test('a start of a drop-in name loads the frame, the parser and its own definition, and nothing else', () => {
  const allowed =
    /^(src\/apache\/(main|run-tool|tool|connect-tool|connect-controller|java\/double|java\/main-class|kafka-version|bootstrap-list|key-values)\.ts|src\/apache\/(jopt|argparse|kafka-[a-z-]+|verifiable)\/.*|src\/apache\/kafka-[a-z-]+\.ts|src\/terminal\/.*|src\/timers\/timers\.ts|src\/core\/errors\.ts|node:.*)$/;
  const starts = ['src/apache/main.ts', 'src/apache/run-tool.ts', ...dropInNames.map((name) => `src/apache/${name}.ts`)];
  const extra = starts.flatMap((start) =>
    [...walkStaticImports(start, sources)]
      .filter(([target]) => !allowed.test(target))
      .map(([target, from]) => `${from} loads ${target}`),
  );
  expect([...new Set(extra)].join('\n')).toBe('');
});
