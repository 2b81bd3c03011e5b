// Bundles the program to dist/: split, so that a command loads only what it uses; dependencies bundled, since fewer files start faster.
import { build, context } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const options = {
  entryPoints: { kafkit: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.17',
  sourcemap: true,
  // Sources are in the repository; leaving them out keeps the installed package small.
  sourcesContent: false,
  legalComments: 'linked',
  // Native addons are found by node at run time, and so is the .wasm file that lies beside its loader.
  external: ['@node-rs/crc32', 'lz4-napi', '@bokuweb/zstd-wasm'],
  // CommonJS dependencies inside the bundle call require() for node's built-in modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  define: { kafkitVersion: JSON.stringify(version) },
  logLevel: 'warning',
};

if (process.argv.includes('--watch')) {
  await (await context(options)).watch();
} else {
  rmSync('dist', { recursive: true, force: true });
  await build(options);
}
