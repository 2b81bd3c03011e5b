import type { SourceFile } from './source-files.js';

/** Every circle of imports, those of types and at run time included, as the files from one back to itself. */
export function findImportCircles(sources: readonly SourceFile[]): string[][] {
  const imports = new Map(sources.map(({ path, imports: found }) => [path, found.map(({ target }) => target)]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const before = way.indexOf(path);
    if (before >= 0) circles.push([...way.slice(before), path]);
    if (before >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}
