// Bundles the program to dist/: split, so that a command loads only what it uses; dependencies bundled, since fewer files start
// faster; and as CommonJS, which Node 20 loads in half the time it takes for ES modules (so no top-level await in src/).
import { build, transform } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const target = 'node20.17';

/** Takes commander's use of child processes, which kafkit does not need, out of every start. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'absent' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}' }));
  },
};

const options = {
  entryPoints: { kafkit: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target,
  sourcemap: 'inline',
  // Sources are in the repository; leaving them out keeps the installed package small.
  sourcesContent: false,
  legalComments: 'linked',
  // Native addons are found by node at run time, and so is the .wasm file that lies beside its loader.
  external: ['@node-rs/crc32', 'lz4-napi', '@bokuweb/zstd-wasm'],
  define: { kafkitVersion: JSON.stringify(version) },
  plugins: [withoutChildProcess],
  logLevel: 'warning',
  write: false,
};

/** esbuild splits ES modules only, so the pieces are turned into CommonJS one by one. */
async function writeAsCommonJs({ path, text }) {
  if (!path.endsWith('.js')) return writeFileSync(path, text);
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    // A real import() would start the loader of ES modules.
    supported: { 'dynamic-import': false },
    // Names stay, so that stack traces can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  writeFileSync(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
  writeFileSync(`${path}.map`, map);
}

/** Programs are written last, and what they no longer use goes after that: whoever runs one meanwhile finds all its pieces. */
async function buildAll() {
  const { outputFiles } = await build(options);
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
  const isProgram = ({ path }) => Object.keys(options.entryPoints).includes(basename(path, '.js'));
  await Promise.all(outputFiles.filter((file) => !isProgram(file)).map(writeAsCommonJs));
  await Promise.all(outputFiles.filter(isProgram).map(writeAsCommonJs));
  const current = new Set(['package.json', ...outputFiles.flatMap(({ path }) => [basename(path), `${basename(path)}.map`])]);
  for (const name of readdirSync('dist')) if (!current.has(name)) rmSync(`dist/${name}`, { force: true });
}

await buildAll();
if (process.argv.includes('--watch')) {
  let pending;
  watch('src', { recursive: true }, () => {
    clearTimeout(pending);
    // The compiler's own messages say what is wrong with a build; the next change starts another.
    pending = setTimeout(() => void buildAll().catch(() => undefined), 100);
  });
}
