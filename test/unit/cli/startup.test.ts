import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The modules that a start loads before any command runs: everything the entry reaches by static imports. */
async function modulesOfStart(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: { kafkit: 'src/cli/main.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    metafile: true,
    write: false,
  });
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === 'src/cli/main.ts');
  const chunks = new Set<string>();
  const modules = new Set<string>();
  const visit = (path: string): void => {
    if (chunks.has(path)) return;
    chunks.add(path);
    const { inputs = {}, imports = [] } = metafile.outputs[path] ?? {};
    for (const input of Object.keys(inputs)) modules.add(input);
    for (const { kind, path: target, external } of imports) {
      if (kind !== 'import-statement') continue;
      if (external === true) modules.add(target);
      else visit(target);
    }
  };
  visit(entry ?? '');
  return [...modules].sort();
}

test('a start loads commander and definitions of commands, nothing else', async () => {
  const modules = await modulesOfStart();
  expect(modules).toContain('src/cli/main.ts');
  // One file a noun, and what all of them need.
  expect(modules.filter((path) => !/^src\/cli\/[\w-]+\.ts$/.test(path) && path !== 'commander')).toEqual([]);
  for (const lazy of ['session', 'approval', 'duration', 'exit', 'interrupts']) expect(modules).not.toContain(`src/cli/${lazy}.ts`);
});
