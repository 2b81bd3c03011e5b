import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseSource, readSources, type SourceFile, visit } from './source-files.js';

/** The one file that makes timers: elsewhere a wait past 2^31-1 ms would run out at once. */
const maker = 'src/timers/timers.ts';
const names = new Set(['setTimeout', 'setInterval']);

function findTimers(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, tree, imports }) => {
    if (path === maker) return [];
    const found = imports.filter(({ target }) => /^(node:)?timers(\/promises)?$/.test(target)).map(() => `${path}: imports timers`);
    visit(tree, (node) => {
      if (ts.isIdentifier(node) && names.has(node.text)) found.push(`${path}: ${node.text}`);
      if (ts.isStringLiteral(node) && names.has(node.text)) found.push(`${path}: '${node.text}'`);
      if (isTimeoutSignal(node)) found.push(`${path}: AbortSignal.timeout`);
      if (isTimeLimit(node) && !/longestTimerMs/.test(node.getText(tree))) found.push(`${path}: ${node.getText(tree)}`);
    });
    return found;
  });
}

function isTimeoutSignal(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'timeout') return false;
  return ts.isIdentifier(node.expression) && node.expression.text === 'AbortSignal';
}

/** What Node and kafkajs make a timer of by themselves: the limit of a child process or a request, and those of a connection. */
function isTimeLimit(node: ts.Node): boolean {
  if (!ts.isPropertyAssignment(node) || !ts.isIdentifier(node.name)) return false;
  return ['timeout', 'connectionTimeout', 'requestTimeout', 'authenticationTimeout'].includes(node.name.text);
}

test('timers are made in one place, which takes times of any length', () => {
  const sources = readSources('src').filter(({ path }) => !path.endsWith('.d.ts'));
  expect(sources.some(({ path }) => path === maker)).toBe(true);
  expect(findTimers(sources)).toEqual([]);
});

test.each([
  'setTimeout(task, ms);',
  'const timer = globalThis.setInterval(task, ms);',
  'socket.setTimeout(idleMs);',
  "globalThis['setTimeout'](task, ms);",
  'const later = setTimeout;',
  'const signal = AbortSignal.timeout(ms);',
  "import { scheduler } from 'node:timers/promises';",
  "const timers = await import('timers');",
  "spawn('java', [], { timeout: ms });",
  'new Connection({ authenticationTimeout: settings.connectTimeoutMs });',
])('the rule finds %s', (text) => {
  expect(findTimers([parseSource('src/client/a.ts', text)])).not.toEqual([]);
});
