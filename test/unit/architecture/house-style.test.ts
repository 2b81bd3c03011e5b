import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { listFiles, readSources, root, visit, type SourceFile } from './source-files.js';

const sources = readSources('src');
const tests = readSources('test');

test('no file is over 350 lines', () => {
  const long = [...sources, ...tests].map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > 350)).toEqual([]);
});

test('file names are kebab-case and no file is a catch-all or a barrel', () => {
  const odd = [...sources, ...tests]
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.(d|test|cluster\.test|property\.test))?\.ts$/.test(basename(path)) ||
        /^(index|utils|helpers|misc)\.ts$/.test(basename(path)),
    );
  expect(odd).toEqual([]);
});

test('exports are named', () => {
  // A declaration of somebody else's module says what that module does.
  const own = sources.filter(({ path }) => !path.endsWith('.d.ts'));
  const unnamed = findNodes(own, (node) => ts.isExportAssignment(node) || hasDefaultModifier(node));
  expect(unnamed).toEqual([]);
});

test('nothing ends the process from inside', () => {
  expect(findNodes(sources, (node) => isProperty(node, 'process', 'exit'))).toEqual([]);
});

test('operations do not touch the process or the console', () => {
  const operations = sources.filter(({ path }) => path.startsWith('src/operations/'));
  const touching = findNodes(operations, (node) => isReferenceTo(node, 'process') || isReferenceTo(node, 'console'));
  expect(touching).toEqual([]);
});

test('core knows no clock, no chance and no process', () => {
  const core = sources.filter(({ path }) => path.startsWith('src/core/'));
  const impure = findNodes(core, (node) => {
    if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;
    const isImpureCall = isProperty(node, 'Date', 'now') || isProperty(node, 'Math', 'random');
    return isImpureCall || ['process', 'performance', 'setTimeout', 'console', 'crypto'].some((name) => isReferenceTo(node, name));
  });
  expect(impure).toEqual([]);
});

test('no test is skipped or left alone', () => {
  const isMuted = (node: ts.Node): boolean =>
    ['test', 'it', 'describe'].some((name) => ['skip', 'only', 'todo'].some((word) => isProperty(node, name, word)));
  expect(findNodes(tests, isMuted)).toEqual([]);
});

test('no file names a package registry or a folder of one machine', () => {
  // Put together here so that this file does not find itself.
  const hosts = [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['repo1', 'maven', 'org'],
    ['repo', 'maven', 'apache', 'org'],
  ].map((parts) => parts.join('.'));
  const folders = [
    ['work', 'main'],
    ['work', 'shared'],
    ['tmp', 'kjars'],
    ['root', ''],
  ].map((parts) => `/${parts.join('/')}`);
  const found = listFiles('.').flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [...hosts, ...folders].filter((word) => text.includes(word)).map((word) => `${path} has ${word}`);
  });
  expect(found).toEqual([]);
});

test('the lock file works with any registry', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string }>; // npm's own format, version 3
  };
  const bound = Object.entries(lock.packages).filter(([, { resolved }]) => resolved?.startsWith('http') === true);
  expect(Object.keys(lock.packages).length).toBeGreaterThan(10);
  expect(bound).toEqual([]);
});

/** `file:line text` of each node that `matches`. */
function findNodes(files: readonly SourceFile[], matches: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  for (const { path, tree } of files) {
    visit(tree, (node) => {
      if (!matches(node)) return;
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push(`${path}:${line + 1} ${node.getText(tree).slice(0, 60)}`);
    });
  }
  return found;
}

function isProperty(node: ts.Node, object: string, property: string): boolean {
  return ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === property;
}

/** A use of a global name, not a property or parameter that happens to be called so. */
function isReferenceTo(node: ts.Node, name: string): boolean {
  if (!ts.isIdentifier(node) || node.text !== name) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isCallExpression(parent) || ts.isElementAccessExpression(parent);
}

function hasDefaultModifier(node: ts.Node): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
}
