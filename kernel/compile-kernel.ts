import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'assembly');

/** What is used of the compiler. Its own types would replace those of JavaScript's arrays everywhere. */
interface Compiler {
  main(
    options: readonly string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: unknown): void;
      listFiles(): readonly string[];
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

async function loadCompiler(): Promise<Compiler> {
  const name: string = 'assemblyscript/asc';
  const { default: compiler } = (await import(name)) as { default: Compiler };
  return compiler;
}

/** What the build writes: the kernel's code as a module of the program. */
export async function compileKernel(): Promise<string> {
  let code: Uint8Array | undefined;
  const { error, stderr } = await (
    await loadCompiler()
  ).main(
    [
      'record-kernel.ts',
      ...['--outFile', 'kernel.wasm', '--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--importMemory'],
      ...['--enable', 'simd', '--enable', 'bulk-memory'],
    ],
    {
      readFile: (name) => (name === 'record-kernel.ts' ? readFileSync(path.join(folder, name), 'utf8') : null),
      writeFile: (_, contents) => {
        code = contents as Uint8Array; // binary output was asked for
      },
      listFiles: () => [],
    },
  );
  if (error !== null || code === undefined) throw new Error(`the kernel does not compile: ${stderr.toString()}`, { cause: error });
  const lines =
    Buffer.from(code)
      .toString('base64')
      .match(/.{1,120}/g) ?? [];
  return [
    '// Made by `npm run kernel` of kernel/assembly/record-kernel.ts: WebAssembly, in base64.',
    '/** The kernel, to be compiled at run time. */',
    `export const kernelCode =\n  ${lines.map((line) => `'${line}'`).join(' +\n  ')};`,
    '',
  ].join('\n');
}
