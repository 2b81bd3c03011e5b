import ts from 'typescript';
import { expect, test } from 'vitest';
import { readSources, visit } from './source-files.js';

const sources = readSources('src');

/** The one file that starts a shell: its script is a constant, and what varies reaches it as arguments. */
const guard = 'src/sandbox/broker-process.ts';

test('no program is started through a shell', () => {
  const found: string[] = [];
  for (const { path, tree, text, imports } of sources) {
    if (!imports.some(({ target }) => target === 'node:child_process')) continue;
    visit(tree, (node) => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'shell') found.push(`${path}: shell option`);
      if (ts.isImportSpecifier(node) && /^(exec|execSync)$/.test((node.propertyName ?? node.name).text))
        found.push(`${path}: exec`);
    });
    if (path !== guard && /['"`](\/bin\/|\/usr\/bin\/)?(ba|z|da)?sh['"`]/.test(text)) found.push(`${path}: names a shell`);
  }
  expect(found).toEqual([]);
});

test('the script of the one shell has nothing put into it', () => {
  const source = sources.find(({ path }) => path === guard);
  const scripts: ts.Expression[] = [];
  visit(source?.tree as ts.SourceFile, (node) => {
    // The file is there: the test above would name another one.
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'guardScript' && node.initializer) scripts.push(node.initializer);
  });
  expect(scripts).toHaveLength(1);
  expect(scripts.every((script) => ts.isStringLiteral(script) || ts.isNoSubstitutionTemplateLiteral(script))).toBe(true);
});

test('code is never made of text', () => {
  const found = sources.flatMap(({ path, tree }) => {
    const uses: string[] = [];
    visit(tree, (node) => {
      const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
      if (isCall && /^(eval|Function)$/.test(node.expression.getText())) uses.push(path);
    });
    return uses;
  });
  expect(found).toEqual([]);
});
