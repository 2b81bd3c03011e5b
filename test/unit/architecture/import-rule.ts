import type { Import, SourceFile } from './source-files.js';

/** What the files of one folder of `src/` may import: our own folders, and packages. */
interface Layer {
  readonly folders: readonly string[];
  readonly packages: RegExp;
}

const anyNodeModule = /^node:/;
const belowFronts = ['timers', 'operations', 'client', 'protocol', 'core', 'output', 'config', 'terminal', 'sandbox'];

/** Imports go one way: cli, apache -> operations -> client -> protocol, over core; output, config, terminal and sandbox beside, timers under those that wait. */
const layers: Readonly<Record<string, Layer>> = {
  // One small package that only works something out, like core itself: no I/O, no clock.
  core: { folders: [], packages: /^ms$/ },
  // Codec packages come and go; what must stay out is what talks to people or to brokers.
  protocol: {
    folders: ['core'],
    packages: /^(node:(zlib|crypto)|(?!node:|commander|chalk|cli-table3|inquirer|ora|kafkajs)[@a-z].*)$/,
  },
  // The one place that makes timers.
  timers: { folders: [], packages: /^$/ },
  client: { folders: ['timers', 'core', 'protocol'], packages: anyNodeModule },
  operations: { folders: ['timers', 'core', 'protocol', 'client', 'sandbox'], packages: anyNodeModule },
  output: { folders: ['core'], packages: /^(chalk|cli-table3|string-width|lossless-json)$/ },
  config: {
    folders: ['core'],
    packages: /^(node:(fs|fs\/promises|os|path|crypto)|node-forge|lossless-json|csv-parse\/sync)$/,
  },
  // The process's own streams and signals, in the shapes that operations ask for.
  terminal: { folders: ['timers', 'core', 'operations'], packages: anyNodeModule },
  sandbox: { folders: ['timers', 'core', 'protocol'], packages: /^(node:.*|node-forge)$/ },
  cli: { folders: belowFronts, packages: /^(node:.*|commander|inquirer|ora)$/ },
  apache: { folders: belowFronts, packages: /^(node:.*)$/ },
};

/** Each import that breaks the rule, as `file:line imports target`. */
export function findForbiddenImports(sources: readonly SourceFile[]): string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((found) => !isAllowed(source.path, found))
      .map(({ line, target }) => `${source.path}:${line} imports ${target}`),
  );
}

function isAllowed(path: string, { target }: Import): boolean {
  const folder = folderOf(path);
  const layer = layers[folder];
  if (layer === undefined) return false;
  if (target.startsWith('src/')) {
    const to = folderOf(target);
    if (folder === 'operations' && to === 'operations') return isSameOperation(path, target);
    return to === folder || layer.folders.includes(to);
  }
  if (target === 'kafkajs' || target.startsWith('kafkajs/')) return path.startsWith('src/client/kafkajs/');
  return layer.packages.test(target);
}

/** `core` for `src/core/errors.ts`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Operations share only their context; the files of one noun's folder are one operation's own. */
function isSameOperation(from: string, to: string): boolean {
  const nounOf = (path: string): string => path.split('/').slice(0, 3).join('/');
  return to === 'src/operations/context.ts' || nounOf(from) === nounOf(to);
}

/** What is loaded before the first line of a program runs: each file or package, with the file that asks for it. */
export function walkStaticImports(entry: string, sources: readonly SourceFile[]): Map<string, string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Map<string, string>([[entry, 'the entry']]);
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const { kind, target } of byPath.get(path)?.imports ?? []) {
      if (kind !== 'static' || seen.has(target)) continue;
      seen.set(target, path);
      waiting.push(target);
    }
  }
  return seen;
}
