import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's own folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** `type` imports are erased by the compiler; `dynamic` ones run when the code around them does. */
export type ImportKind = 'static' | 'dynamic' | 'type';

export interface Import {
  readonly kind: ImportKind;
  /** Path from the repository's root for our own files (`src/core/errors.ts`), otherwise the package or `node:` name. */
  readonly target: string;
  readonly line: number;
}

export interface SourceFile {
  /** Path from the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

const notOurs = new Set(['node_modules', 'dist', '.git', 'coverage', '.bench']);

/** Paths of all files under a folder of the repository, from its root, sorted. */
export function listFiles(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: false });
  const paths = entries.flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
  return paths.sort();
}

/** The TypeScript files under a folder, parsed. */
export function readSources(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter((path) => path.endsWith('.ts'))
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  return parseSource(path, text);
}

/** Parses one file and finds its imports. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  visit(tree, (node) => {
    const found = importOf(node);
    if (found === undefined) return;
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    imports.push({ kind: found.kind, target: resolveTarget(path, found.specifier), line });
  });
  return { path, text, tree, imports };
}

/** Calls `look` for a node and everything below it. */
export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

function importOf(node: ts.Node): { kind: ImportKind; specifier: string } | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { kind: isTypeOnly(node.importClause) ? 'type' : 'static', specifier: node.moduleSpecifier.text };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { kind: node.isTypeOnly ? 'type' : 'static', specifier: node.moduleSpecifier.text };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return {
      kind: 'dynamic',
      specifier: specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : 'not a literal',
    };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { kind: 'type', specifier: node.argument.literal.text };
  }
  return undefined;
}

/** With verbatimModuleSyntax, `import { type A }` still loads the module; only `import type` does not. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function resolveTarget(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const absolute = resolve(root, dirname(from), specifier.replace(/\.js$/, '.ts'));
  return relative(root, absolute).replaceAll('\\', '/');
}
