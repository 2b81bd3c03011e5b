// Bundles the program to dist/: split, so that a command loads only what it uses; dependencies bundled, since fewer files start
// faster; and as CommonJS, which Node 20 loads in half the time it takes for ES modules (so no top-level await in src/).
import { parse } from 'es-module-lexer';
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
  entryPoints: { kafkit: 'src/cli/main.ts', apache: 'src/apache/main.ts' },
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

/**
 * esbuild splits ES modules only, so the pieces are turned into CommonJS one by one, by hand: esbuild's own conversion reaches
 * every imported function through two getters, which costs a fifth of the time where each record calls several.
 */
async function writeAsCommonJs({ path, text }) {
  if (!path.endsWith('.js')) return writeFileSync(path, text);
  const { code, map } = await transform(toCommonJs(text), {
    platform: 'node',
    target,
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

/** Rewrites the imports and exports of one piece in place, so that its source map stays right line by line. */
function toCommonJs(text) {
  const [imports] = parse(text);
  let output = '';
  let from = 0;
  for (const { ss: start, se: end, d: dynamic, n: name } of imports) {
    if (name === undefined) throw new Error(`cannot follow ${text.slice(start, end)}`);
    const statement = dynamic < 0 ? requireStatically(text.slice(start, end), name) : requireLazily(name);
    output += text.slice(from, start) + statement;
    from = end;
  }
  output += text.slice(from);
  return output.replace(/^export default (.*);$/m, 'module.exports.default = $1;').replace(/^export \{([^}]*)\};$/m, (_, names) => {
    return `Object.assign(module.exports, {${names.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}});`;
  });
}

function requireStatically(statement, name) {
  const [, clause] = /^import\s+([^"']*?)\s*from\s/.exec(statement) ?? [];
  const target = `require(${JSON.stringify(name)})`;
  if (clause === undefined) return target;
  const [, whole, parts] = /^(?:\*\s+as\s+)?([\w$]+)?\s*,?\s*(\{[^}]*\})?$/.exec(clause) ?? [];
  const bindings = [whole, parts?.replace(/([\w$]+) as ([\w$]+)/g, '$1: $2')].filter((binding) => binding !== undefined);
  if (bindings.length === 0) throw new Error(`cannot turn into require(): ${statement}`);
  return `const ${bindings.map((binding) => `${binding} = ${target}`).join(', ')}`;
}

/** A package from outside becomes what import() makes of a CommonJS module: its exports, and all of them as the default. */
function requireLazily(name) {
  const loaded = `require(${JSON.stringify(name)})`;
  return `Promise.resolve().then(() => ${name.startsWith('./') ? loaded : `({ ...${loaded}, default: ${loaded} })`})`;
}

/** Constants are taken over when a piece is loaded, so two that need each other would find nothing. */
function refuseCycles(files) {
  const needs = new Map(
    files
      .filter(({ path }) => path.endsWith('.js'))
      .map(({ path, text }) => [
        `./${basename(path)}`,
        parse(text)[0]
          .filter(({ d }) => d < 0)
          .map(({ n }) => n),
      ]),
  );
  const done = new Set();
  const visit = (name, above) => {
    if (above.includes(name)) throw new Error(`pieces need each other: ${[...above, name].join(' -> ')}`);
    if (done.has(name)) return;
    for (const next of needs.get(name) ?? []) visit(next, [...above, name]);
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
}

/** Programs are written last, and what they no longer use goes after that: whoever runs one meanwhile finds all its pieces. */
async function buildAll() {
  const { outputFiles } = await build(options);
  refuseCycles(outputFiles);
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
